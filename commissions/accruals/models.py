from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from commissions.accruals.policy import CommissionStatus
from commissions.ledger.models import EntryKind
from foundation.db import Base
from foundation.i18n import pick
from foundation.money import Money


class Commission(Base):
    """What one editor earns on one order line by one decision.

    Words, rate and tax are those of the day it was paid. `accrued_minor` is the commission at purchase,
    `reversed_minor` the part taken back since. `refunded_minor` is what of `paid_minor` is no longer earned
    on: it came back, or a bank took it. `due_at` is
    when it becomes payable (None until delivered). `changes` numbers its ledger entries, so that none is
    written twice. `payout_id` names the payout that carried it. `split` is how the commission of the
    line is divided, in basis points, and `part` which of it this is: one alone has [10000] and 0.
    `cap_minor` is what the line may earn at most, `trace` how its rate came to be; None for sales from
    before there were cards.
    """

    __tablename__ = "commissions"
    __table_args__ = (
        UniqueConstraint("order_line_id", "editor_id", "receipt_id"),
        CheckConstraint("reversed_minor BETWEEN 0 AND accrued_minor", name="reversal"),
        CheckConstraint("refunded_minor BETWEEN 0 AND paid_minor", name="refund"),
        CheckConstraint("part BETWEEN 0 AND cardinality(split) - 1", name="part"),
        Index("ix_commissions_editor_id_status", "editor_id", "status"),
        Index("ix_commissions_editor_id_accrued_at", "editor_id", "accrued_at"),
        Index("ix_commissions_order_id", "order_id"),
        Index("ix_commissions_due_at", "due_at", postgresql_where=text("status = 'pending'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))
    order_number: Mapped[str] = mapped_column(String(20))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"))
    rate_card_id: Mapped[int] = mapped_column(ForeignKey("rate_cards.id"))
    piece: Mapped[str] = mapped_column(String(400))
    piece_it: Mapped[str | None] = mapped_column(String(400))
    currency: Mapped[str] = mapped_column(String(3))
    unit_price_minor: Mapped[int]
    quantity: Mapped[int]
    paid_minor: Mapped[int]
    refunded_minor: Mapped[int]
    refunded_quantity: Mapped[int]
    tax_bps: Mapped[int]
    rate_bps: Mapped[int]
    cap_minor: Mapped[int | None]
    trace: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    split: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    part: Mapped[int]
    base_minor: Mapped[int]
    accrued_minor: Mapped[int]
    reversed_minor: Mapped[int]
    status: Mapped[CommissionStatus] = mapped_column(String(16))
    changes: Mapped[int]
    accrued_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    matured_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payouts.id"))

    @property
    def piece_name(self) -> str:
        """The piece in the reader's language."""
        return pick(self.piece, self.piece_it)

    @property
    def amount_minor(self) -> int:
        """What is left of it."""
        return self.accrued_minor - self.reversed_minor

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class PayableMovement(Base):
    """One entry as it touched an editor's payable account: more with a plus, less with a minus.

    What no payout carries yet has no `payout_id`; the partial index holds just these, so that preparing a run
    costs what is owed and not what ever was. Their sum by editor is the balance of the ledger account.
    """

    __tablename__ = "payable_movements"
    __table_args__ = (
        CheckConstraint("amount_minor <> 0", name="amount"),
        UniqueConstraint("entry_id"),
        Index("ix_payable_movements_editor_id_at", "editor_id", "at"),
        Index(
            "ix_payable_movements_unpaid",
            "editor_id",
            postgresql_where=text("payout_id IS NULL"),
        ),
        Index("ix_payable_movements_payout_id", "payout_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("commissions.id"))
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payouts.id"))
    kind: Mapped[EntryKind] = mapped_column(String(16))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    at: Mapped[datetime]

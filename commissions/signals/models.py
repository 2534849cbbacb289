from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.signals.policy import Kind
from editors.membership.models import Editor
from foundation.db import Base
from foundation.states import Transitions


class CaseStatus(StrEnum):
    """flagged: staff are asked to look, the money goes its way; held: it waits for them.

    released: nothing was wrong; reversed: the sale is credited to nobody any more.
    """

    FLAGGED = "flagged"
    HELD = "held"
    RELEASED = "released"
    REVERSED = "reversed"


C = CaseStatus
CASE_MOVES = Transitions(
    {
        C.FLAGGED: {C.HELD, C.RELEASED, C.REVERSED},
        C.HELD: {C.RELEASED, C.REVERSED},
        C.RELEASED: set(),
        C.REVERSED: set(),
    }
)
OPEN = (C.FLAGGED, C.HELD)


class Case(Base):
    """What staff look at: one sale of an editor, or with `order_id` None all that came by them.

    At most one is open of each. `answer` is what the editor wrote to it, `reply` what staff wrote back.
    """

    __tablename__ = "signal_cases"
    __table_args__ = (
        Index(
            "uq_signal_cases_open",
            "editor_id",
            "order_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("status IN ('flagged', 'held')"),
        ),
        Index("ix_signal_cases_editor_id", "editor_id"),
        Index("ix_signal_cases_order_id", "order_id"),
        CheckConstraint("(decided_at IS NULL) = (status IN ('flagged', 'held'))", name="decided"),
        CheckConstraint("status <> 'held' OR held_at IS NOT NULL", name="held"),
        CheckConstraint("(order_id IS NULL) = (order_number IS NULL)", name="order_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[CaseStatus] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reply: Mapped[str | None] = mapped_column(String(1000))

    editor: Mapped[Editor] = relationship(lazy="raise")
    noticed: Mapped[list[Noticed]] = relationship(lazy="raise", order_by="Noticed.found_at, Noticed.kind")

    @property
    def kinds(self) -> list[Kind]:
        """What was noticed; those of the sale first."""
        found = {one.kind for one in self.noticed}
        return [kind for kind in Kind if kind in found]

    @property
    def waits(self) -> bool:
        """Nobody has decided yet."""
        return self.status in OPEN


class Noticed(Base):
    """One signal of a case, with the numbers it was noticed by; nothing in them names a shopper."""

    __tablename__ = "signals"

    case_id: Mapped[int] = mapped_column(ForeignKey("signal_cases.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(24), primary_key=True)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSONB)
    found_at: Mapped[datetime]


class LookedSale(Base):
    """A paid order that was looked at, and what of its payment can be compared.

    `card` and `mail` are hashes under a key of this shop: equal where card or mailbox are, and telling
    nothing else. None where Stripe names none, or where its owner was forgotten.
    """

    __tablename__ = "looked_sales"
    __table_args__ = (Index("ix_looked_sales_card", "card", postgresql_where=text("card IS NOT NULL")),)

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    card: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    mail: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    looked_at: Mapped[datetime]

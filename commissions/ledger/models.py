"""Three tables that are only ever added to.

PostgreSQL itself refuses UPDATE and DELETE here, and at commit refuses an entry whose sides differ or
whose number of legs is not the one it was announced with (migration 0009). A correction is a new entry.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class AccountKind(StrEnum):
    """What an account counts. The first three belong to one editor each, the others to the house."""

    EDITOR_PENDING = "editor_pending"
    EDITOR_HELD = "editor_held"
    EDITOR_PAYABLE = "editor_payable"
    HOUSE_COMMISSION = "house_commission"
    HOUSE_STRIPE = "house_stripe"


EDITOR_KINDS = frozenset({AccountKind.EDITOR_PENDING, AccountKind.EDITOR_HELD, AccountKind.EDITOR_PAYABLE})


class Side(StrEnum):
    DEBIT = "debit"
    CREDIT = "credit"


class EntryKind(StrEnum):
    """Why an entry was written. came_back: money of a payout that was taken back at Stripe is owed again."""

    ACCRUED = "accrued"
    REVERSED = "reversed"
    RESTORED = "restored"
    HELD = "held"
    RELEASED = "released"
    MATURED = "matured"
    PAID_OUT = "paid_out"
    CAME_BACK = "came_back"


class LedgerAccount(Base):
    """One account of one currency. `editor_id` is None for the house's own."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        UniqueConstraint("kind", "editor_id", "currency", postgresql_nulls_not_distinct=True),
        UniqueConstraint("id", "currency"),
        CheckConstraint("(kind LIKE 'editor%') = (editor_id IS NOT NULL)", name="owner"),
        Index("ix_ledger_accounts_editor_id", "editor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AccountKind] = mapped_column(String(24))
    editor_id: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))


class LedgerEntry(Base):
    """One event in the books. `key` makes it happen once; `leg_count` closes it to later legs."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("id", "currency"),
        Index("ix_ledger_entries_commission_id", "commission_id", "id"),
        Index("ix_ledger_entries_payout_id", "payout_id", postgresql_where="payout_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[EntryKind] = mapped_column(String(16))
    at: Mapped[datetime]
    currency: Mapped[str] = mapped_column(String(3))
    leg_count: Mapped[int]
    actor_label: Mapped[str] = mapped_column(String(200))
    commission_id: Mapped[int | None]
    payout_id: Mapped[int | None]
    refund_id: Mapped[int | None]


class LedgerLeg(Base):
    """One side of an entry: so much, always more than nothing, on one account."""

    __tablename__ = "ledger_legs"
    __table_args__ = (
        ForeignKeyConstraint(["entry_id", "currency"], ["ledger_entries.id", "ledger_entries.currency"]),
        ForeignKeyConstraint(["account_id", "currency"], ["ledger_accounts.id", "ledger_accounts.currency"]),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("side IN ('debit', 'credit')", name="side"),
        Index("ix_ledger_legs_entry_id", "entry_id"),
        Index("ix_ledger_legs_account_id", "account_id", postgresql_include=["side", "amount_minor"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    account_id: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    side: Mapped[Side] = mapped_column(String(6))
    amount_minor: Mapped[int]

"""The books: tables that are only ever added to.

PostgreSQL itself refuses UPDATE, DELETE and TRUNCATE here (record 40), and at commit refuses an entry whose
sides differ or whose number of legs is not the one it was announced with
(migration 0009). A correction is a new entry.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class AccountKind(StrEnum):
    """What an account counts. Those that begin with `editor` belong to one editor each.

    transit: a transfer was asked of Stripe, and its answer is not booked; paid_out: it lies with the editor;
    debt: what was taken back after it was paid out, a debit until a payout nets it or finance writes it off.
    stripe: what came back at Stripe and waits for finance to say whose it is; write_off: debts given up.
    store_credit: what editors took as credit and have not spent; credit_spent: what orders were paid with it.
    donation: what editors gave and a cause has not got yet; donation_paid: what it has.
    """

    EDITOR_PENDING = "editor_pending"
    EDITOR_HELD = "editor_held"
    EDITOR_PAYABLE = "editor_payable"
    EDITOR_TRANSIT = "editor_transit"
    EDITOR_PAID_OUT = "editor_paid_out"
    EDITOR_DEBT = "editor_debt"
    HOUSE_COMMISSION = "house_commission"
    HOUSE_BONUS = "house_bonus"
    HOUSE_STRIPE = "house_stripe"
    HOUSE_STORE_CREDIT = "house_store_credit"
    HOUSE_CREDIT_SPENT = "house_credit_spent"
    HOUSE_DONATION = "house_donation"
    HOUSE_DONATION_PAID = "house_donation_paid"
    HOUSE_WRITE_OFF = "house_write_off"


EDITOR_KINDS = frozenset(kind for kind in AccountKind if kind.value.startswith("editor_"))


class Side(StrEnum):
    DEBIT = "debit"
    CREDIT = "credit"


class EntryKind(StrEnum):
    """Why an entry was written.

    sending: a transfer was asked for; stayed: Stripe said no, and the money stays; taken_back: somebody took
    a transfer back at Stripe; came_back: that money is owed again; regrouped: the same money on an account
    that the house keeps since; corrected: staff credited the sale to somebody else. credited: the editor took
    it as store credit; donated: gave it to a cause, which handed_on says it has; spent: an order was paid
    with store credit; unspent: that credit is back.
    """

    ACCRUED = "accrued"
    REVERSED = "reversed"
    RESTORED = "restored"
    HELD = "held"
    RELEASED = "released"
    MATURED = "matured"
    SENDING = "sending"
    STAYED = "stayed"
    PAID_OUT = "paid_out"
    TAKEN_BACK = "taken_back"
    CAME_BACK = "came_back"
    WRITTEN_OFF = "written_off"
    REGROUPED = "regrouped"
    CORRECTED = "corrected"
    CREDITED = "credited"
    DONATED = "donated"
    HANDED_ON = "handed_on"
    SPENT = "spent"
    UNSPENT = "unspent"


# What an editor took instead of a payout.
TURNED = (EntryKind.CREDITED, EntryKind.DONATED)


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
        UniqueConstraint("id", "currency", "at"),
        Index("ix_ledger_entries_at", "at", postgresql_using="brin"),
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
    """One side of an entry: so much, always more than nothing, on one account. `at` is the entry's."""

    __tablename__ = "ledger_legs"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "currency", "at"],
            ["ledger_entries.id", "ledger_entries.currency", "ledger_entries.at"],
        ),
        ForeignKeyConstraint(["account_id", "currency"], ["ledger_accounts.id", "ledger_accounts.currency"]),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("side IN ('debit', 'credit')", name="side"),
        Index("ix_ledger_legs_entry_id", "entry_id"),
        # What an open month adds to an account is read from this index alone.
        Index(
            "ix_ledger_legs_account_id_at", "account_id", "at", postgresql_include=["side", "amount_minor"]
        ),
        Index("ix_ledger_legs_at", "at", postgresql_using="brin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    account_id: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    side: Mapped[Side] = mapped_column(String(6))
    amount_minor: Mapped[int]
    at: Mapped[datetime]


class LedgerMonth(Base):
    """A month to which nothing can be added any more: what is booked later belongs to the time after it."""

    __tablename__ = "ledger_months"
    __table_args__ = (UniqueConstraint("ends_at"), CheckConstraint("begins_at < ends_at", name="span"))

    month: Mapped[date] = mapped_column(primary_key=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    sealed_at: Mapped[datetime]


class LedgerClosing(Base):
    """A month whose balances and seals are written. `hash` is the last seal: it stands for all before it."""

    __tablename__ = "ledger_closings"

    month: Mapped[date] = mapped_column(ForeignKey("ledger_months.month"), primary_key=True)
    entries: Mapped[int]
    legs: Mapped[int]
    hash: Mapped[bytes]
    closed_at: Mapped[datetime]


class LedgerBalance(Base):
    """Everything that was ever booked on an account until the end of a month in which it moved."""

    __tablename__ = "ledger_balances"

    account_id: Mapped[int] = mapped_column(ForeignKey("ledger_accounts.id"), primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("ledger_months.month"), primary_key=True)
    debit_minor: Mapped[int]
    credit_minor: Mapped[int]


class LedgerSeal(Base):
    """The hash of one entry of a closed month and of all before it. It outlives the entry: no foreign key."""

    __tablename__ = "ledger_seals"
    __table_args__ = (Index("ix_ledger_seals_month_entry_id", "month", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(ForeignKey("ledger_months.month"))
    hash: Mapped[bytes]

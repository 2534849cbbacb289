from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.money import Money
from foundation.states import Transitions


class CauseStatus(StrEnum):
    """open: editors can give to it; ended: nobody can any more, and what was given is still handed on."""

    OPEN = "open"
    ENDED = "ended"


CAUSE_MOVES = Transitions({CauseStatus.OPEN: {CauseStatus.ENDED}, CauseStatus.ENDED: {CauseStatus.OPEN}})


class Cause(Base):
    """What the shop lets editors give to: its name and a few words on it, in both languages."""

    __tablename__ = "causes"
    __table_args__ = (CheckConstraint("name <> '' AND words <> ''", name="said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[CauseStatus] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    name_it: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(500))
    words_it: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]


class Turning(StrEnum):
    """What payable money became."""

    CREDIT = "credit"
    DONATION = "donation"


class TurnedPayable(Base):
    """Payable money that an editor took as store credit or gave to a cause: no payout carries it any more.

    `bonus_minor` is what the shop added to credit. The movement that lowers what is payable is booked by the
    entry `entry_id`, in the same transaction.
    """

    __tablename__ = "turned_payables"
    __table_args__ = (
        CheckConstraint("amount_minor > 0 AND bonus_minor >= 0", name="amounts"),
        CheckConstraint("kind IN ('credit', 'donation')", name="kind"),
        CheckConstraint("(kind = 'donation') = (cause_id IS NOT NULL)", name="cause"),
        CheckConstraint("kind = 'credit' OR bonus_minor = 0", name="bonus"),
        Index("ix_turned_payables_editor_id_at", "editor_id", "at"),
        Index("ix_turned_payables_cause_id", "cause_id", postgresql_where="cause_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    kind: Mapped[Turning] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    bonus_minor: Mapped[int]
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("causes.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    at: Mapped[datetime]

    cause: Mapped[Cause | None] = relationship(lazy="raise")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def worth(self) -> Money:
        """What it became: with the bonus."""
        return Money(self.amount_minor + self.bonus_minor, self.currency)


class CausePayment(Base):
    """What was owed to a cause and somebody of finance has handed on; `reference` is the transfer's."""

    __tablename__ = "cause_payments"
    __table_args__ = (
        CheckConstraint("amount_minor > 0 AND reference <> ''", name="said"),
        Index("ix_cause_payments_cause_id", "cause_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cause_id: Mapped[int] = mapped_column(ForeignKey("causes.id"))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    reference: Mapped[str] = mapped_column(String(120))
    paid_by: Mapped[str] = mapped_column(String(200))
    paid_at: Mapped[datetime]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class SpentCredit(Base):
    """How much of an order is paid with store credit, as it is booked; `changes` numbers its entries."""

    __tablename__ = "spent_credit"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    changes: Mapped[int]

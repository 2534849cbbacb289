from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.accruals.policy import CommissionStatus
from commissions.bonuses.policy import BonusKind, Goal, Terms, Whom
from foundation.db import Base
from foundation.i18n import pick
from foundation.money import Money


class Bonus(Base):
    """A fixed amount for whoever does something in its days: `begins_at` counts, `ends_at` does not.

    A challenge has a goal: so many kept orders, or net sales in minor units. `whom_id` is the step or the
    pilot group it is for. An event is named by the key its own package gave it. `until` is the end it was
    written with; `ends_at` is earlier when it was ended with a notice (`end_reason`).
    """

    __tablename__ = "bonuses"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("(kind = 'challenge') = (goal IS NOT NULL)", name="goal"),
        CheckConstraint("(goal IS NULL) = (goal_count IS NULL) AND goal_count > 0", name="goal_count"),
        CheckConstraint("(whom = 'all') = (whom_id IS NULL)", name="whom"),
        CheckConstraint("(kind = 'event') = (event <> '')", name="event"),
        CheckConstraint("begins_at <= ends_at AND ends_at <= until", name="span"),
        Index("ix_bonuses_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BonusKind] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    name_it: Mapped[str | None] = mapped_column(String(80))
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    goal: Mapped[Goal | None] = mapped_column(String(8))
    goal_count: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(100))
    whom: Mapped[Whom] = mapped_column(String(8))
    whom_id: Mapped[int | None]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    end_reason: Mapped[str | None] = mapped_column(String(300))

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def terms(self) -> Terms:
        """As the decision sees it."""
        return Terms(
            BonusKind(self.kind),
            self.begins_at,
            self.ends_at,
            Goal(self.goal) if self.goal else None,
            self.goal_count or 0,
        )


class Award(Base):
    """A bonus that an editor earned, once each, by the constraint. Its name and amount are those of that day.
    Or what a coach earned by a plan in a `month` (`commissions.coaching`), once a month; or a host by a rule
    at an `event` (`commissions.hosting`), once an event.

    `order_id` is the order that earned it: its time to return is that of the award (`due_at`), and whatever
    holds it holds the award. An event has none. `reversed_minor` is all of it or nothing. `changes` numbers
    its entries in the books.
    """

    __tablename__ = "awards"
    __table_args__ = (
        UniqueConstraint("bonus_id", "editor_id"),
        UniqueConstraint("plan_id", "month"),
        UniqueConstraint("event"),
        CheckConstraint(
            "num_nonnulls(bonus_id, plan_id, rule_id) = 1 AND (plan_id IS NULL) = (month IS NULL)"
            " AND (rule_id IS NULL) = (event IS NULL)",
            name="by_what",
        ),
        CheckConstraint("reversed_minor IN (0, amount_minor)", name="reversal"),
        Index("ix_awards_editor_id", "editor_id"),
        Index("ix_awards_earned_at", "earned_at"),
        Index("ix_awards_due_at", "due_at", postgresql_where=text("status = 'pending'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bonus_id: Mapped[int | None] = mapped_column(ForeignKey("bonuses.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("coaching_plans.id"))
    month: Mapped[date | None] = mapped_column(Date)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("host_rules.id"))
    event: Mapped[str | None] = mapped_column(String(100))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    name_it: Mapped[str | None] = mapped_column(String(80))
    amount_minor: Mapped[int]
    reversed_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[CommissionStatus] = mapped_column(String(16))
    changes: Mapped[int]
    earned_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    matured_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]

    bonus: Mapped[Bonus | None] = relationship(lazy="raise")

    @property
    def called(self) -> str:
        return pick(self.name, self.name_it)

    @property
    def left_minor(self) -> int:
        """What is left of it."""
        return self.amount_minor - self.reversed_minor

    @property
    def amount(self) -> Money:
        return Money(self.left_minor, self.currency)


class AwardEntry(Base):
    """Which entries of the books are those of an award."""

    __tablename__ = "award_entries"
    __table_args__ = (Index("ix_award_entries_award_id", "award_id"),)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("ledger_entries.id"), primary_key=True, autoincrement=False
    )
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"))

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.cohorts.models import Cohort
from editors.membership.models import Editor
from foundation.db import Base
from foundation.money import Money


class CoachingPlan(Base):
    """A coach earns `rate_bps` of the net sales of the people they coach: of their learners, or of a pilot
    group whose lead they are (`cohort_id`).

    Sales paid from `begins_at` count, those from `ends_at` on (None: goes on) do not. It is written once and
    only ever ended.
    """

    __tablename__ = "coaching_plans"
    __table_args__ = (
        CheckConstraint("rate_bps BETWEEN 1 AND 10000", name="rate"),
        CheckConstraint("begins_at <= ends_at", name="span"),
        # One plan at a time: no sale of a learner is counted twice for the same coach.
        ExcludeConstraint(
            (column("coach_id"), "="),
            (text("tstzrange(begins_at, ends_at)"), "&&"),
            using="gist",
            name="ex_coaching_plans_coach",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    rate_bps: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    end_reason: Mapped[str | None] = mapped_column(String(300))

    coach: Mapped[Editor] = relationship(lazy="raise")
    cohort: Mapped[Cohort | None] = relationship(lazy="raise")


class CoachingMonth(Base):
    """What a plan came to when a month was over. Never changed.

    `target_minor` is what all sales so far make of it, `before_minor` what the months before have given, and
    `amount_minor` the difference, or nothing while more has come back than was sold. In minor units.
    """

    __tablename__ = "coaching_months"
    __table_args__ = (
        # Two workers that close the same month meet here.
        UniqueConstraint("plan_id", "month"),
        CheckConstraint("amount_minor = greatest(0, target_minor - before_minor)", name="amount"),
        CheckConstraint("target_minor >= 0 AND before_minor >= 0", name="never_a_debt"),
        Index("ix_coaching_months_award_id", "award_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("coaching_plans.id"))
    month: Mapped[date] = mapped_column(Date)
    target_minor: Mapped[int]
    before_minor: Mapped[int]
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    closed_at: Mapped[datetime]
    award_id: Mapped[int | None] = mapped_column(ForeignKey("awards.id"))

    lines: Mapped[list[CoachingLine]] = relationship(
        lazy="raise", viewonly=True, order_by="CoachingLine.share_minor.desc(), CoachingLine.learner_id"
    )

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def missing_minor(self) -> int:
        """What came back beyond what was sold: it is made up for before anything is earned again."""
        return max(0, self.before_minor - self.target_minor)


class CoachingLine(Base):
    """One learner in a month of a plan: net sales since the plan began, after returns, and the share."""

    __tablename__ = "coaching_lines"

    month_id: Mapped[int] = mapped_column(ForeignKey("coaching_months.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    net_minor: Mapped[int]
    share_minor: Mapped[int]

    learner: Mapped[Editor] = relationship(lazy="raise")

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ARRAY, CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as


class Cohort(Base):
    """A pilot group of at most `cap` editors, from its first day to its last. `members` counts them, so that
    a place is taken by one conditional write. `features` are switched on for them alone.
    """

    __tablename__ = "cohorts"
    __table_args__ = (
        CheckConstraint("cap BETWEEN 1 AND 10000", name="cap"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_it: Mapped[str | None] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(500))
    words_it: Mapped[str | None] = mapped_column(String(500))
    cap: Mapped[int]
    members: Mapped[int] = mapped_column(default=0)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    features: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)

    @property
    def called(self) -> str:
        return pick(self.name, self.name_it)

    @property
    def about(self) -> str:
        return pick(self.words, self.words_it)

    @property
    def seen(self) -> str:
        words = (self.name, self.name_it, self.words, self.words_it)
        return seen_as(*words, self.cap, self.first_day, self.last_day, *sorted(self.features))


class CohortMember(Base):
    """An editor in a cohort; in one at a time."""

    __tablename__ = "cohort_members"
    __table_args__ = (
        Index("uq_cohort_members_editor", "editor_id", unique=True, postgresql_where=text("left_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), index=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class PilotFeature(Base):
    """A feature that only cohorts have, for as long as its row is there."""

    __tablename__ = "pilot_features"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime]

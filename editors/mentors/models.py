from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Mentorship(Base):
    """A mentor and a learner. It is asked for until `accepted_at`, and over at `ended_at`. No money in it."""

    __tablename__ = "mentorships"
    __table_args__ = (
        CheckConstraint("mentor_id <> learner_id", name="two_people"),
        Index(
            "uq_mentorships_pair",
            text("least(mentor_id, learner_id)"),
            text("greatest(mentor_id, learner_id)"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        # One mentor at a time.
        Index(
            "uq_mentorships_learner",
            "learner_id",
            unique=True,
            postgresql_where=text("accepted_at IS NOT NULL AND ended_at IS NULL"),
        ),
        Index("ix_mentorships_mentor_id", "mentor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    def other_of(self, editor_id: int) -> int:
        return self.learner_id if self.mentor_id == editor_id else self.mentor_id

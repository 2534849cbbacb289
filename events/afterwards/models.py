from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base

LONGEST_WORD = 500


class Feedback(Base):
    """What a party that came says of the evening: three taps from 1 to 5, and a word. One a party.

    `welcome`: how they were received; `found`: whether there was something for them; `again`: whether they
    would come again. `signed`: they let the host read their first name beside their word.
    """

    __tablename__ = "event_feedback"
    __table_args__ = (
        CheckConstraint("welcome BETWEEN 1 AND 5", name="welcome"),
        CheckConstraint("found BETWEEN 1 AND 5", name="found"),
        CheckConstraint("again BETWEEN 1 AND 5", name="again"),
    )

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    welcome: Mapped[int]
    found: Mapped[int]
    again: Mapped[int]
    words: Mapped[str] = mapped_column(String(LONGEST_WORD))
    signed: Mapped[bool]
    at: Mapped[datetime]


class EveningLook(Base):
    """The look of the evening: a look of the host that an event which is over leads to. One an event."""

    __tablename__ = "evening_looks"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id"), index=True)
    at: Mapped[datetime]

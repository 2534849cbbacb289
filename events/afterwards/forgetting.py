"""A word goes with the name of who wrote it; the three taps stay, and are nobody's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, update

from events.afterwards.models import Feedback
from events.guests.models import Rsvp
from foundation.db import db


def forget_words(*, account_id: int, email: str | None) -> None:
    """Somebody asked to be forgotten."""
    own = [Rsvp.account_id == account_id]
    if email is not None:
        own.append(Rsvp.email == email)
    _drop(or_(*own))


def forget_with_names() -> None:
    """Of those whose names were kept long enough."""
    _drop(Rsvp.name == "")


def _drop(whose: ColumnElement[bool]) -> None:
    rsvps = select(Rsvp.id).where(whose)
    db.session.execute(
        update(Feedback)
        .where(Feedback.rsvp_id.in_(rsvps), or_(Feedback.words != "", Feedback.signed))
        .values(words="", signed=False)
    )

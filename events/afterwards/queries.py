from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager

from editors.looks.card_queries import looks_by_ids
from editors.looks.cards import LookCard
from events.afterwards.models import EveningLook, Feedback
from events.afterwards.policy import ANSWERS_FOR, FEWEST, THANKS_AFTER
from events.calendar.models import BOOKED, Event
from events.guests.models import CAME, Rsvp, RsvpLetter
from foundation.db import db

THANKS = "thanks"
AT_ONCE = 500
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Said:
    """What guests say of an event. `answers`: parties that did; the rest stays empty while they are fewer
    than `FEWEST`. `words`: a word each, with a first name where it was signed, in no order of time."""

    answers: int
    came: int
    welcome: Decimal | None = None
    found: Decimal | None = None
    again: Decimal | None = None
    words: Sequence[tuple[str, str]] = ()


def thanks_due(now: datetime) -> Sequence[Rsvp]:
    """Who came to an evening that has been over for some hours, and was not thanked; with the event."""
    written = exists().where(RsvpLetter.rsvp_id == Rsvp.id, RsvpLetter.kind == THANKS)
    return db.session.scalars(
        select(Rsvp)
        .join(Rsvp.event)
        .options(contains_eager(Rsvp.event))
        .where(
            Event.status.in_(BOOKED),
            Event.ends_at <= now - THANKS_AFTER,
            Event.ends_at > now - ANSWERS_FOR,
            Rsvp.status == CAME,
            Rsvp.email.is_not(None),
            ~written,
        )
        .order_by(Rsvp.id)
        .limit(AT_ONCE)
    ).all()


def feedback_of(rsvp_id: int) -> Feedback | None:
    """What a party said, read afresh."""
    return db.session.get(Feedback, rsvp_id, populate_existing=True)


def said_of(event_id: int) -> Said:
    """What the guests of an event say, in two statements. Nothing in it tells who said what, but a name
    somebody put below a word."""
    came = select(func.count()).where(Rsvp.event_id == event_id, Rsvp.status == CAME).scalar_subquery()
    row = db.session.execute(
        select(
            func.count(Feedback.rsvp_id),
            came,
            func.avg(Feedback.welcome),
            func.avg(Feedback.found),
            func.avg(Feedback.again),
        ).where(Feedback.event_id == event_id)
    ).one()
    if row[0] < FEWEST:
        return Said(row[0], row[1])
    # By a hash of the word alone: the order tells nothing of when it came, or from whom.
    words = db.session.execute(
        select(Feedback.words, Feedback.signed, Rsvp.name)
        .join(Rsvp, Rsvp.id == Feedback.rsvp_id)
        .where(Feedback.event_id == event_id, Feedback.words != "")
        .order_by(func.md5(Feedback.words), Feedback.words)
    )
    welcome, found, again = (average.quantize(TENTH) for average in row[2:])
    told = [(said, name.split(" ", 1)[0] if signed else "") for said, signed, name in words]
    return Said(row[0], row[1], welcome, found, again, told)


def chosen_look(event_id: int) -> int | None:
    """The look of the evening, whether it is on show or not."""
    return db.session.scalar(select(EveningLook.look_id).where(EveningLook.event_id == event_id))


def look_of_evening(event_id: int) -> LookCard | None:
    """The look of the evening, while it is on show; in one statement."""
    chosen = select(EveningLook.look_id).where(EveningLook.event_id == event_id)
    return next(iter(looks_by_ids(chosen)), None)

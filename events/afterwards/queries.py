from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, func, select

from editors.looks.card_queries import looks_by_ids
from editors.looks.cards import LookCard
from events.afterwards.models import EveningLook, Feedback
from events.afterwards.policy import ANSWERS_FOR, THANKS_AFTER, are_read
from events.calendar.models import BOOKED, Event
from events.guests.models import CAME, Rsvp, RsvpLetter
from foundation.db import db

THANKS = "thanks"
AT_ONCE = 500
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Said:
    """What guests say of an event. `answers`: parties that did; the rest is of those that `are_read`, and
    empty while they are none. `words`: a word each, with a first name where it was signed, in no order of
    time."""

    answers: int
    came: int
    welcome: Decimal | None = None
    found: Decimal | None = None
    again: Decimal | None = None
    words: Sequence[tuple[str, str]] = ()


def evenings_to_thank_for(now: datetime) -> Sequence[Event]:
    """Evenings that have been over for some hours, with somebody who came and was not thanked."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.status.in_(BOOKED),
            Event.ends_at <= now - THANKS_AFTER,
            Event.ends_at > now - ANSWERS_FOR,
            exists().where(Rsvp.event_id == Event.id, *_unthanked()),
        )
        .order_by(Event.ends_at, Event.id)
    ).all()


def thanks_due(event_ids: Collection[int]) -> Sequence[int]:
    """The parties of these events that came and were not thanked, so many as leave at once."""
    wanted = select(Rsvp.id).where(Rsvp.event_id.in_(event_ids), *_unthanked())
    return db.session.scalars(wanted.order_by(Rsvp.id).limit(AT_ONCE)).all()


def _unthanked() -> list[ColumnElement[bool]]:
    written = exists().where(RsvpLetter.rsvp_id == Rsvp.id, RsvpLetter.kind == THANKS)
    return [Rsvp.status == CAME, Rsvp.email.is_not(None), ~written]


def feedback_of(rsvp_id: int) -> Feedback | None:
    """What a party said, read afresh."""
    return db.session.get(Feedback, rsvp_id, populate_existing=True)


def said_of(event_id: int, *, closed: bool) -> Said:
    """What the guests of an event say, in three statements. Nothing in it tells who said what, but a name
    somebody put below a word; nor does looking again when one more has answered. `closed`: nobody can say
    anything any more."""
    came = select(func.count()).where(Rsvp.event_id == event_id, Rsvp.status == CAME).scalar_subquery()
    answers, parties = db.session.execute(
        select(func.count(Feedback.rsvp_id), came).where(Feedback.event_id == event_id)
    ).one()
    number = are_read(answers, closed=closed)
    if not number:
        return Said(answers, parties)
    first = (
        select(Feedback.rsvp_id)
        .where(Feedback.event_id == event_id)
        .order_by(Feedback.at, Feedback.rsvp_id)
        .limit(number)
    )
    row = db.session.execute(
        select(func.avg(Feedback.welcome), func.avg(Feedback.found), func.avg(Feedback.again)).where(
            Feedback.rsvp_id.in_(first)
        )
    ).one()
    # By a hash of the word alone: the order tells nothing of when it came, or from whom.
    words = db.session.execute(
        select(Feedback.words, Feedback.signed, Rsvp.name)
        .join(Rsvp, Rsvp.id == Feedback.rsvp_id)
        .where(Feedback.rsvp_id.in_(first), Feedback.words != "")
        .order_by(func.md5(Feedback.words), Feedback.words)
    )
    welcome, found, again = (average.quantize(TENTH) for average in row)
    told = [(said, name.split(" ", 1)[0] if signed else "") for said, signed, name in words]
    return Said(answers, parties, welcome, found, again, told)


def chosen_look(event_id: int) -> int | None:
    """The look of the evening, whether it is on show or not."""
    return db.session.scalar(select(EveningLook.look_id).where(EveningLook.event_id == event_id))


def look_of_evening(event_id: int) -> LookCard | None:
    """The look of the evening, while it is on show; in one statement."""
    chosen = select(EveningLook.look_id).where(EveningLook.event_id == event_id)
    return next(iter(looks_by_ids(chosen)), None)

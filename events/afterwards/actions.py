"""What is done after an evening: guests say how it was, and its host leads on to a look."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from editors.looks.card_queries import looks_of
from events.afterwards.errors import AnswersClosed, NotOver, NotTheirLook, NotThere
from events.afterwards.models import EveningLook, Feedback
from events.afterwards.policy import takes_answers
from events.afterwards.queries import chosen_look
from events.calendar.actions import locked_event
from events.guests.models import CAME, Rsvp
from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows


@dataclass(frozen=True, kw_only=True)
class Answer:
    """See `models.Feedback`."""

    welcome: int
    found: int
    again: int
    words: str = ""
    signed: bool = False


def answer_feedback(*, actor: Actor, rsvp: Rsvp, answer: Answer) -> Feedback:
    """Say how it was, or say it otherwise: the later answer of a party is the one that counts.

    Under the lock of the party, so that who is forgotten meanwhile leaves no word. Raises `NotThere`,
    `AnswersClosed`.
    """
    event = rsvp.event
    locked = lock_rows(Rsvp, [rsvp.id])
    if not locked or locked[0].status != CAME or not locked[0].name:
        raise NotThere()
    if not event.booked or not takes_answers(event.ends_at, clock.now()):
        raise AnswersClosed()
    values = dict(vars(answer), at=clock.now())
    db.session.execute(
        insert(Feedback)
        .values(rsvp_id=rsvp.id, event_id=event.id, **values)
        .on_conflict_do_update(index_elements=[Feedback.rsvp_id], set_=values)
    )
    # Not what was said: the book of acts names people, and is read by others than the answers.
    record(actor=actor, action="afterwards.answer", subject=("event", event.id))
    return db.session.get_one(Feedback, rsvp.id, populate_existing=True)


def choose_look(*, actor: Actor, event_id: int, look_id: int | None, reason: str | None = None) -> None:
    """Lead from an event that is over to a look of its host that is on show; None leads nowhere again.

    Raises `NoSuchEvent`, `NotOver`, `NotTheirLook`.
    """
    event = locked_event(event_id)
    if not event.booked or event.ends_at > clock.now():
        raise NotOver()
    before = chosen_look(event_id)
    if before == look_id:
        return
    if look_id is None:
        db.session.execute(delete(EveningLook).where(EveningLook.event_id == event_id))
    elif look_id not in {look.id for look in looks_of(event.editor_id, on_show_only=True)}:
        raise NotTheirLook()
    else:
        values = {"look_id": look_id, "at": clock.now()}
        db.session.execute(
            insert(EveningLook)
            .values(event_id=event_id, **values)
            .on_conflict_do_update(index_elements=[EveningLook.event_id], set_=values)
        )
    db.session.flush()
    record(
        actor=actor,
        action="afterwards.look",
        subject=("event", event_id),
        reason=reason,
        before={"look": before},
        after={"look": look_id},
    )

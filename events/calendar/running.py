"""What happens to an event whose room is booked: it is moved, or called off; it begins, and it ends."""

from __future__ import annotations

from datetime import datetime

from events.calendar.actions import drop_suggestion, locked_event, take_turn
from events.calendar.deciding import booking, refuse_room
from events.calendar.errors import AlreadyBegun, InThePast, NoSuchRoom, NotThatLong, ReasonNeeded
from events.calendar.facts import EventCancelled, EventClosed, EventMoved, EventTermsChanged
from events.calendar.models import (
    EVENT_MOVES,
    Admission,
    Event,
    EventStatus,
    SuggestionStatus,
    Visibility,
)
from events.calendar.policy import sensible_length
from events.calendar.queries import events_due
from foundation import clock, facts
from foundation.actors import Actor
from foundation.seen import refuse_changed
from foundation.states import IllegalMove
from storefront.places.queries import place_by_id

AT_ONCE = 100


def move_event(
    *, actor: Actor, event_id: int, starts_at: datetime, ends_at: datetime, room_id: int | None, words: str
) -> bool:
    """Another time or another room, perhaps of another store; whether it is another.

    Staff do this, with a reason that its host reads. Guests keep their seats: `EventMoved` lets whoever knows
    them ask whether they can come then, and there. The clock of another store is its own from then on.
    Raises `NoSuchEvent`, `IllegalMove`, `AlreadyBegun`, `InThePast`, `ReasonNeeded`, `NotThatLong`,
    `NoSuchRoom`, `RoomTooSmall`, `RoomTaken`.
    """
    event = locked_event(event_id)
    if event.status == EventStatus.LIVE:
        raise AlreadyBegun()
    if event.status != EventStatus.APPROVED:
        raise IllegalMove()
    if (event.starts_at, event.ends_at, event.room_id) == (starts_at, ends_at, room_id):
        return False
    if event.starts_at <= clock.now():
        raise AlreadyBegun()
    if starts_at <= clock.now():
        raise InThePast()
    if not words.strip():
        raise ReasonNeeded()
    if not sensible_length(starts_at, ends_at):
        raise NotThatLong()
    room = refuse_room(event, room_id, event.capacity, other_store=True)
    was = event.starts_at, event.ends_at
    with booking():
        event.starts_at, event.ends_at, event.room_id = starts_at, ends_at, room_id
        if room is not None and room.place_id != event.place_id:
            place = place_by_id(room.place_id)
            if place.closed_at:
                raise NoSuchRoom()
            event.place_id, event.time_zone = place.id, place.time_zone
    event.sequence += 1
    take_turn(actor, event, "moved", words)
    facts.record(
        EventMoved(
            event_id=event.id,
            sequence=event.sequence,
            was_starts_at=was[0],
            was_ends_at=was[1],
            other_time=was != (starts_at, ends_at),
        )
    )
    return True


def change_terms(
    *,
    actor: Actor,
    event_id: int,
    visibility: Visibility,
    admission: Admission,
    most_party: int,
    words: str,
    seen: str | None = None,
) -> bool:
    """Who finds an approved event, who gets a seat, how many come on one invitation; whether it is another.

    Staff do this, with a reason that its host reads. Nobody planned by it, so no calendar hears of it, and
    who has a seat keeps it, for as many as it is. Raises `NoSuchEvent`, `IllegalMove`, `AlreadyBegun`,
    `ChangedMeanwhile`, `ReasonNeeded`.
    """
    event = locked_event(event_id)
    if event.status == EventStatus.LIVE or event.starts_at <= clock.now():
        raise AlreadyBegun()
    if event.status != EventStatus.APPROVED:
        raise IllegalMove()
    refuse_changed(seen, event.seen)
    terms = {"visibility": visibility, "admission": admission, "most_party": most_party}
    before = {name: getattr(event, name) for name in terms}
    if before == terms:
        return False
    if not words.strip():
        raise ReasonNeeded()
    for name, value in terms.items():
        setattr(event, name, value)
    take_turn(actor, event, "terms", words, before=before, after=terms)
    facts.record(EventTermsChanged(event_id=event.id))
    return True


def cancel_event(*, actor: Actor, event_id: int, words: str, host: int | None = None) -> Event:
    """Call it off, with a reason that the other side reads; its room is free again.

    Raises `NoSuchEvent`, `IllegalMove`, `ReasonNeeded` (a draft needs none), `AlreadyBegun` once it began.
    """
    event = locked_event(event_id, host=host)
    booked = event.booked
    if booked and event.starts_at <= clock.now():
        raise AlreadyBegun()
    if event.status != EventStatus.DRAFT and not words.strip():
        raise ReasonNeeded()
    EVENT_MOVES.move(event, EventStatus.CANCELLED)
    drop_suggestion(event, SuggestionStatus.REPLACED)
    event.sequence += booked
    take_turn(actor, event, "cancelled", words)
    if booked:
        facts.record(EventCancelled(event_id=event.id, sequence=event.sequence))
    return event


def keep_hours(*, actor: Actor) -> int:
    """Let events begin and end whose hour has come; how many steps were taken.

    After a standstill one may begin and end at once. A second run at the same time waits for the lock, and
    finds nothing to do.
    """
    steps = 0
    # The first to begin are chosen; they are locked in the order of ids, as everybody who locks several does.
    for event_id in sorted(events_due(clock.now(), AT_ONCE)):
        event, now = locked_event(event_id), clock.now()
        if event.status == EventStatus.APPROVED and event.starts_at <= now:
            EVENT_MOVES.move(event, EventStatus.LIVE)
            take_turn(actor, event, "begun")
            steps += 1
        if event.status == EventStatus.LIVE and event.ends_at <= now:
            EVENT_MOVES.move(event, EventStatus.CLOSED)
            take_turn(actor, event, "closed")
            facts.record(EventClosed(event_id=event.id))
            steps += 1
    return steps

"""What happens to an event whose room is booked: it is moved, or called off."""

from __future__ import annotations

from datetime import datetime

from events.calendar.actions import drop_suggestion, locked_event, take_turn
from events.calendar.deciding import booking, refuse_room
from events.calendar.errors import AlreadyBegun, NotThatLong, ReasonNeeded
from events.calendar.models import EVENT_MOVES, Event, EventStatus, SuggestionStatus
from events.calendar.policy import sensible_length
from foundation import clock
from foundation.actors import Actor
from foundation.states import IllegalMove


def move_event(
    *, actor: Actor, event_id: int, starts_at: datetime, ends_at: datetime, room_id: int, words: str
) -> bool:
    """Another time or another room of the same store; whether it is another.

    Staff do this, with a reason that its host reads. Raises `NoSuchEvent`, `IllegalMove`, `AlreadyBegun`,
    `ReasonNeeded`, `NotThatLong`, `NoSuchRoom`, `RoomTooSmall`, `RoomTaken`.
    """
    event = locked_event(event_id)
    if event.status != EventStatus.APPROVED:
        raise IllegalMove()
    if (event.starts_at, event.ends_at, event.room_id) == (starts_at, ends_at, room_id):
        return False
    if min(event.starts_at, starts_at) <= clock.now():
        raise AlreadyBegun()
    if not words.strip():
        raise ReasonNeeded()
    if not sensible_length(starts_at, ends_at):
        raise NotThatLong()
    refuse_room(event, room_id, event.capacity)
    with booking():
        event.starts_at, event.ends_at, event.room_id = starts_at, ends_at, room_id
    take_turn(actor, event, "moved", words)
    return True


def cancel_event(*, actor: Actor, event_id: int, words: str, host: int | None = None) -> Event:
    """Call it off, with a reason that the other side reads; its room is free again.

    Raises `NoSuchEvent`, `IllegalMove`, `ReasonNeeded` (a draft needs none), `AlreadyBegun` once it began.
    """
    event = locked_event(event_id, host=host)
    if event.status == EventStatus.APPROVED and event.starts_at <= clock.now():
        raise AlreadyBegun()
    if event.status != EventStatus.DRAFT and not words.strip():
        raise ReasonNeeded()
    EVENT_MOVES.move(event, EventStatus.CANCELLED)
    drop_suggestion(event, SuggestionStatus.REPLACED)
    take_turn(actor, event, "cancelled", words)
    return event

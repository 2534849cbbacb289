"""What staff of a store answer to a proposal, and what its host says to another time.

Two who approve at once, in one room and time, both find it free; the constraint lets one
through, and the other is told so (`RoomTaken`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from editors.membership.models import Editor, EditorStatus
from events.calendar.actions import drop_suggestion, locked_event, refuse_time, take_turn
from events.calendar.errors import (
    AlreadyBegun,
    HostRests,
    NoSuchRoom,
    NothingSuggested,
    ReasonNeeded,
    RoomTaken,
    RoomTooSmall,
)
from events.calendar.models import (
    EVENT_MOVES,
    SUGGESTION_MOVES,
    Event,
    EventRoom,
    EventStatus,
    SuggestionStatus,
    TimeSuggestion,
)
from events.calendar.queries import open_suggestion, room_by_id
from foundation import clock
from foundation.actors import Actor
from foundation.db import db, lock_rows, unless_taken
from foundation.states import IllegalMove


def approve_event(*, actor: Actor, event_id: int, room_id: int | None, words: str = "") -> Event:
    """Say yes, and book the room; what is online has none.

    Raises `NoSuchEvent`, `IllegalMove`, `AlreadyBegun`, `HostRests`, `NoSuchRoom`, `RoomTooSmall` and
    `RoomTaken`.

    Staff may say yes to a time outside of the opening hours: they know who has the keys.
    """
    event = locked_event(event_id)
    with booking():
        _approve(event, room_id)
    drop_suggestion(event, SuggestionStatus.REPLACED)
    take_turn(actor, event, "approved", words)
    return event


def decline_event(*, actor: Actor, event_id: int, words: str) -> Event:
    """Say no, with a reason its host reads; it is a draft again. Raises `ReasonNeeded`, `IllegalMove`."""
    if not words.strip():
        raise ReasonNeeded()
    event = locked_event(event_id)
    EVENT_MOVES.move(event, EventStatus.DRAFT)
    drop_suggestion(event, SuggestionStatus.REPLACED)
    take_turn(actor, event, "declined", words)
    return event


def suggest_time(
    *,
    actor: Actor,
    event_id: int,
    room_id: int | None,
    starts_at: datetime,
    ends_at: datetime,
    words: str = "",
) -> TimeSuggestion:
    """Propose another time for a proposal; an earlier suggestion is replaced.

    Raises `NoSuchEvent`, `IllegalMove` when it is no proposal any more, `NoSuchRoom`, `RoomTooSmall`, and
    what `refuse_time` raises.
    """
    event = locked_event(event_id)
    if event.status != EventStatus.PROPOSED:
        raise IllegalMove()
    refuse_room(event, room_id, event.capacity)
    refuse_time(event, starts_at, ends_at)
    drop_suggestion(event, SuggestionStatus.REPLACED)
    turn = take_turn(actor, event, "suggested", words)
    suggestion = TimeSuggestion(
        event_id=event.id,
        room_id=room_id,
        starts_at=starts_at,
        ends_at=ends_at,
        words=words,
        by=actor.label,
        at=turn.at,
    )
    db.session.add(suggestion)
    db.session.flush()
    return suggestion


def take_suggestion(*, actor: Actor, editor_id: int, event_id: int, suggestion_id: int) -> Event:
    """The host agrees: that is the time, and the room is booked. Raises `NothingSuggested`, `RoomTaken`."""
    event = locked_event(event_id, host=editor_id)
    suggestion = _answered(event, suggestion_id, SuggestionStatus.TAKEN)
    event.starts_at, event.ends_at = suggestion.starts_at, suggestion.ends_at
    with booking():
        _approve(event, suggestion.room_id)
    take_turn(actor, event, "taken")
    return event


def refuse_suggestion(
    *, actor: Actor, editor_id: int, event_id: int, suggestion_id: int, words: str
) -> Event:
    """The host cannot make it then; the proposal waits as before. Raises `NothingSuggested`."""
    event = locked_event(event_id, host=editor_id)
    _answered(event, suggestion_id, SuggestionStatus.REFUSED)
    take_turn(actor, event, "refused", words)
    return event


@contextmanager
def booking() -> Iterator[None]:
    """A savepoint in which a room may turn out to be taken: nothing of it stays then. Raises `RoomTaken`."""
    with unless_taken(RoomTaken, "ex_events_room"):
        yield
        db.session.flush()


def refuse_room(
    event: Event, room_id: int | None, people: int, *, other_store: bool = False
) -> EventRoom | None:
    """The room, when the event may have it; none is right for what is online.

    Raises `NoSuchRoom` for a closed one, for one of another store unless that may be, for none, and for any
    where it is online; `RoomTooSmall` for too many people."""
    if event.online and room_id is None:
        return None
    if event.online or room_id is None:
        raise NoSuchRoom()
    # Two who book one room at once wait for each other's row inside the constraint, and PostgreSQL may end
    # one as a deadlock: here they come one after the other, and the constraint answers the second.
    lock_rows(EventRoom, [room_id])
    room = room_by_id(room_id)
    if room.place_id != event.place_id and not other_store:
        raise NoSuchRoom()
    if room.seats < people:
        raise RoomTooSmall()
    return room


def _approve(event: Event, room_id: int | None) -> None:
    if event.starts_at <= clock.now():
        raise AlreadyBegun()
    # Under the lock of the host: who ends the membership in this moment comes before, or finds it approved.
    (host,) = lock_rows(Editor, [event.editor_id])
    if host.status != EditorStatus.ACTIVE:
        raise HostRests()
    refuse_room(event, room_id, event.capacity)
    EVENT_MOVES.move(event, EventStatus.APPROVED)
    event.room_id, event.agreed_place_id = room_id, event.place_id


def _answered(event: Event, suggestion_id: int, end: SuggestionStatus) -> TimeSuggestion:
    suggestion = open_suggestion(event.id)
    if suggestion is None or suggestion.id != suggestion_id or event.status != EventStatus.PROPOSED:
        raise NothingSuggested()
    SUGGESTION_MOVES.move(suggestion, end)
    return suggestion

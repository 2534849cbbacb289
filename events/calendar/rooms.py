"""The rooms of a store: staff write down where events can take place, and for how many."""

from __future__ import annotations

from dataclasses import dataclass

from events.calendar.errors import NoSuchRoom, RoomBooked, RoomNamed
from events.calendar.models import EventRoom
from events.calendar.queries import booked_ahead
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed


@dataclass(frozen=True, kw_only=True)
class RoomDraft:
    """A room as staff hand it in; see `models.EventRoom`."""

    name: str
    name_it: str | None
    seats: int
    access: str
    access_it: str | None


def write_room(
    *, actor: Actor, place_id: int, draft: RoomDraft, room_id: int | None = None, seen: str | None = None
) -> EventRoom:
    """A new room, or other words for one. Fewer seats touch no event that is booked already.

    Raises `NoSuchRoom`, `RoomNamed` when the store has one of that name, `ChangedMeanwhile`.
    """
    if room_id is None:
        room = EventRoom(place_id=place_id, **vars(draft))
        with unless_taken(RoomNamed, "uq_event_rooms_place_id_name"):
            db.session.add(room)
            db.session.flush()
    else:
        room = _locked(place_id, room_id)
        refuse_changed(seen, room.seen)
        with unless_taken(RoomNamed, "uq_event_rooms_place_id_name"):
            for name, value in vars(draft).items():
                setattr(room, name, value)
            db.session.flush()
    audit.record(
        actor=actor, action="events.room", subject=("event_room", room.id), after={"seats": room.seats}
    )
    return room


def close_room(*, actor: Actor, place_id: int, room_id: int) -> None:
    """No events in it any more. Raises `NoSuchRoom`, `RoomBooked` while one is to come."""
    room = _locked(place_id, room_id)
    if booked_ahead(room_id, clock.now()):
        raise RoomBooked()
    room.closed_at = clock.now()
    db.session.flush()
    audit.record(actor=actor, action="events.room_closed", subject=("event_room", room.id))


def _locked(place_id: int, room_id: int) -> EventRoom:
    locked = lock_rows(EventRoom, [room_id])
    if not locked or locked[0].place_id != place_id or locked[0].closed_at is not None:
        raise NoSuchRoom()
    return locked[0]

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from events.calendar.errors import NoSuchEvent, NoSuchRoom
from events.calendar.models import (
    BOOKED,
    Event,
    EventRoom,
    EventStatus,
    EventTurn,
    SuggestionStatus,
    TimeSuggestion,
)
from foundation.db import db
from storefront.places.models import Place


def event_by_id(event_id: int) -> Event:
    """An event with host, store, room, looks and turns; raises `NoSuchEvent`."""
    return _one(Event.id == event_id)


def events_of(editor_id: int, limit: int = 100) -> Sequence[Event]:
    """What an editor hosts or has hosted: what is to come first, then the past backwards."""
    return db.session.scalars(
        _with_people().where(Event.editor_id == editor_id).order_by(Event.starts_at.desc()).limit(limit)
    ).all()


def events_between(
    begins: datetime,
    ends: datetime,
    *,
    place_id: int | None = None,
) -> Sequence[Event]:
    """What has its room in a span of time, for calendars."""
    statement = _with_people().where(Event.starts_at < ends, Event.ends_at > begins, Event.status.in_(BOOKED))
    if place_id is not None:
        statement = statement.where(Event.place_id == place_id)
    return db.session.scalars(statement.order_by(Event.starts_at, Event.id)).all()


def events_due(now: datetime, limit: int) -> Sequence[int]:
    """Those whose hour has come, to begin or to end; the earliest first. Their ids, because whoever
    moves them locks them first."""
    begins = (Event.status == EventStatus.APPROVED) & (Event.starts_at <= now)
    ends = (Event.status == EventStatus.LIVE) & (Event.ends_at <= now)
    return db.session.scalars(
        select(Event.id).where(begins | ends).order_by(Event.starts_at, Event.id).limit(limit)
    ).all()


def proposals(place_id: int | None = None) -> Sequence[Event]:
    """What waits for an answer of staff, the nearest first."""
    statement = _with_people().where(Event.status == EventStatus.PROPOSED)
    if place_id is not None:
        statement = statement.where(Event.place_id == place_id)
    return db.session.scalars(statement.order_by(Event.starts_at, Event.id)).all()


def proposals_waiting() -> int:
    """How many wait for an answer of staff."""
    waiting = select(func.count()).select_from(Event).where(Event.status == EventStatus.PROPOSED)
    return db.session.scalar(waiting) or 0


def proposals_of(editor_id: int) -> Sequence[int]:
    """What an editor proposed and nobody answered yet: ids, in the order of the locks."""
    return db.session.scalars(
        select(Event.id)
        .where(Event.editor_id == editor_id, Event.status == EventStatus.PROPOSED)
        .order_by(Event.id)
    ).all()


def rooms_of(place_id: int) -> Sequence[EventRoom]:
    """The rooms of a store that can be booked, the largest first."""
    return db.session.scalars(
        select(EventRoom)
        .where(EventRoom.place_id == place_id, EventRoom.closed_at.is_(None))
        .order_by(EventRoom.seats.desc(), EventRoom.id)
    ).all()


def rooms_by_store() -> dict[int, list[EventRoom]]:
    """Every room that can be booked, by its store, the largest first; in one statement."""
    rooms: dict[int, list[EventRoom]] = defaultdict(list)
    every = select(EventRoom).where(EventRoom.closed_at.is_(None))
    for room in db.session.scalars(every.order_by(EventRoom.seats.desc(), EventRoom.id)):
        rooms[room.place_id].append(room)
    return rooms


def rooms_elsewhere(place_id: int) -> Sequence[tuple[EventRoom, Place]]:
    """The rooms of every other open store that can be booked, by its city, the largest first."""
    rows = db.session.execute(
        select(EventRoom, Place)
        .join(Place, Place.id == EventRoom.place_id)
        .where(EventRoom.place_id != place_id, EventRoom.closed_at.is_(None), Place.closed_at.is_(None))
        .order_by(Place.city, Place.name, EventRoom.seats.desc(), EventRoom.id)
    )
    return [(row[0], row[1]) for row in rows]


def largest_rooms() -> dict[int, int]:
    """The stores in which events can take place, each with how many its largest room seats."""
    largest = select(EventRoom.place_id, func.max(EventRoom.seats)).where(EventRoom.closed_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(largest.group_by(EventRoom.place_id))}


def room_by_id(room_id: int) -> EventRoom:
    """Raises `NoSuchRoom`, also for one that is closed."""
    room = db.session.get(EventRoom, room_id, populate_existing=True)
    if room is None or room.closed_at is not None:
        raise NoSuchRoom()
    return room


def booked_ahead(room_id: int, now: datetime) -> bool:
    """Whether an event that is not over has this room."""
    return bool(
        db.session.scalar(
            select(exists().where(Event.room_id == room_id, Event.status.in_(BOOKED), Event.ends_at > now))
        )
    )


def rooms_free(place_id: int, starts_at: datetime, ends_at: datetime, *, but: int = 0) -> Sequence[EventRoom]:
    """The rooms of a store that nothing is booked in then; the event `but` does not count. A hint for whoever
    chooses: only the constraint decides."""
    taken = exists().where(
        Event.room_id == EventRoom.id,
        Event.id != but,
        Event.status.in_(BOOKED),
        func.tstzrange(Event.starts_at, Event.ends_at).op("&&")(func.tstzrange(starts_at, ends_at)),
    )
    return db.session.scalars(
        select(EventRoom)
        .where(EventRoom.place_id == place_id, EventRoom.closed_at.is_(None), ~taken)
        .order_by(EventRoom.seats.desc(), EventRoom.id)
    ).all()


def agreed_at(event_id: int) -> datetime | None:
    """When the store said yes to an event, the last time it did; None before."""
    yes = EventTurn.step.in_(("approved", "taken"))
    return db.session.scalar(select(func.max(EventTurn.at)).where(EventTurn.event_id == event_id, yes))


def open_suggestion(event_id: int) -> TimeSuggestion | None:
    """The other time that staff proposed and nobody answered yet."""
    return db.session.scalars(
        select(TimeSuggestion).where(
            TimeSuggestion.event_id == event_id, TimeSuggestion.status == SuggestionStatus.OPEN
        )
    ).one_or_none()


def _with_people() -> Select[Event]:
    return select(Event).options(joinedload(Event.editor), joinedload(Event.place), joinedload(Event.room))


def _one(where: ColumnElement[bool]) -> Event:
    found = db.session.scalars(
        _with_people()
        .where(where)
        .options(selectinload(Event.looks), selectinload(Event.turns))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NoSuchEvent()
    return found

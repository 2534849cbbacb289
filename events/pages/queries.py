from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.orm import joinedload, selectinload

from editors.looks.models import Look
from editors.looks.queries import ON_SHOW
from events.calendar.errors import NoSuchEvent
from events.calendar.models import BOOKED, Event, EventFormat, EventLook, EventStatus, Visibility
from foundation.db import db, rows
from foundation.web.queries import Section
from storefront.places.models import Place

TO_COME = (EventStatus.APPROVED, EventStatus.LIVE)
PAGE_SIZE = 24
# The store said yes, whatever became of it (`Event.announced`).
ANNOUNCED = or_(Event.status.in_(BOOKED), and_(Event.status == EventStatus.CANCELLED, Event.sequence > 0))


def event_page(slug: str) -> Event:
    """An event by its address, with host, store, room and looks, in two statements; raises `NoSuchEvent`."""
    found = db.session.scalars(_whole().where(Event.slug == slug)).one_or_none()
    if found is None:
        raise NoSuchEvent()
    return found


_FOR_ALL = text(
    """
    SELECT id, most_party FROM events
    WHERE slug = :slug AND visibility <> 'invited' AND status IN ('approved', 'live', 'closed')
    """
)


class Addressed(NamedTuple):
    """As much of an event as a form that was sent to it has to know."""

    id: int
    most_party: int


def event_for_all(slug: str) -> Addressed | None:
    """The event of an address, where everybody may see it. One row."""
    found = rows(_FOR_ALL, {"slug": slug})
    return Addressed(*found[0]) if found else None


def ahead(
    now: datetime, *, place_id: int | None = None, online: bool | None = None, page: int = 1
) -> Sequence[Event]:
    """A page of the public events that are not over, the nearest first; looks loaded. Of one store, and
    online or not, where that is asked for."""
    statement = _whole().where(_listed(now, place_id, online)).order_by(Event.starts_at, Event.id)
    return db.session.scalars(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()


def nearest(now: datetime, limit: int) -> Sequence[Event]:
    """The public events that come next, with host and store, in one statement."""
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.editor), joinedload(Event.place))
        .where(_listed(now))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    ).all()


def stores_ahead(now: datetime) -> Sequence[tuple[Place, int, int]]:
    """The stores with public events that are not over, by city: how many take place there, and how many
    online that its staff answered to."""
    online = func.count(Event.id).filter(Event.format == EventFormat.ONLINE)
    number = func.count(Event.id) - online
    statement = (
        select(Place, number, online)
        .join(Event, Event.place_id == Place.id)
        .where(_listed(now))
        .group_by(Place.id)
        .order_by(Place.city, Place.name)
    )
    return [(place, here, there) for place, here, there in db.session.execute(statement)]


def hosted_since(editor_id: int, since: datetime) -> Sequence[Event]:
    """The public events of a host that end after a moment, those called off with them; the nearest first."""
    return db.session.scalars(
        select(Event)
        .options(joinedload(Event.place))
        .where(
            Event.editor_id == editor_id,
            Event.visibility == Visibility.PUBLIC,
            Event.ends_at > since,
            ANNOUNCED,
        )
        .order_by(Event.starts_at, Event.id)
    ).all()


def cover_key(event_id: int) -> str | None:
    """The file of the first look on the rail that is on show and has its picture."""
    return db.session.scalar(
        select(Look.picture_large_key)
        .join(Look.editor)
        .join(EventLook, EventLook.look_id == Look.id)
        .where(EventLook.event_id == event_id, ON_SHOW, Look.picture_large_key.is_not(None))
        .order_by(EventLook.position)
        .limit(1)
    )


def pages_of_events() -> Section:
    """The pages of public events for the sitemap: past ones too, whose addresses were shared."""
    columns = Event.__table__.c
    return Section(
        prefix="/events/",
        key=columns.id,
        name=columns.slug,
        changed=columns.changed_at,
        where=and_(columns.visibility == Visibility.PUBLIC, columns.status.in_(BOOKED)),
    )


def _listed(now: datetime, place_id: int | None = None, online: bool | None = None) -> ColumnElement[bool]:
    wanted = [Event.visibility == Visibility.PUBLIC, Event.status.in_(TO_COME), Event.ends_at > now]
    if place_id is not None:
        wanted.append(Event.place_id == place_id)
    if online is not None:
        wanted.append((Event.format == EventFormat.ONLINE) == online)
    return and_(*wanted)


def _whole() -> Select[Event]:
    return select(Event).options(
        joinedload(Event.editor),
        joinedload(Event.place),
        joinedload(Event.room),
        selectinload(Event.looks),
    )

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from events.calendar.models import BOOKED, Event, EventFormat, EventStatus
from events.sales.policy import AFTER, BEFORE
from foundation.db import db


def on_sale_at(place_id: int, now: datetime) -> Sequence[Event]:
    """The events of a store a sale of this moment may belong to, with their hosts, as they begin."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.place_id == place_id,
            Event.format != EventFormat.ONLINE,
            Event.status.in_(BOOKED),
            Event.starts_at <= now + BEFORE,
            Event.ends_at > now - AFTER,
        )
        .options(joinedload(Event.editor))
        .order_by(Event.starts_at, Event.id)
    ).all()


def event_of_slug(slug: str) -> Event | None:
    """The event of that address, whatever became of it."""
    return db.session.scalars(select(Event).where(Event.slug == slug)).one_or_none()


def closed_event(slug: str) -> Event | None:
    """The event of that address, once it took place and is over."""
    found = event_of_slug(slug)
    return found if found is not None and found.status == EventStatus.CLOSED else None

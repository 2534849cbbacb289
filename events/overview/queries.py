from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import joinedload

from events.calendar.models import BOOKED, Event
from events.overview.policy import Evening
from foundation.db import db

_EVENINGS = text(
    """
    SELECT events.id, events.title, events.title_it, events.format, events.starts_at, events.time_zone,
        events.capacity, places.name AS store, editors.name AS host, guests.*
    FROM events JOIN places ON places.id = events.place_id JOIN editors ON editors.id = events.editor_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(party) FILTER (WHERE source <> 'walkin'
                AND (status IN ('going', 'no_show') OR (status = 'attended' AND beyond = ''))), 0) AS going,
            coalesce(sum(arrived), 0) AS came,
            coalesce(sum(CASE status WHEN 'no_show' THEN party WHEN 'attended' THEN party - arrived END)
                FILTER (WHERE source <> 'walkin' AND beyond = ''), 0) AS absent,
            count(*) FILTER (WHERE queue_number IS NOT NULL) AS waited,
            count(*) FILTER (WHERE queue_number IS NOT NULL AND status = 'attended') AS waited_and_came
        FROM rsvps WHERE rsvps.event_id = events.id
    ) guests
    WHERE events.status IN ('live', 'closed') AND events.starts_at >= :begins AND events.starts_at < :ends
    ORDER BY events.starts_at, events.id
    """
)


def evenings_between(begins: datetime, ends: datetime) -> list[Evening]:
    """Evenings that began in a span, the first first; in one statement."""
    rows = db.session.execute(_EVENINGS, {"begins": begins, "ends": ends})
    return [Evening(*row[:9], *map(int, row[9:])) for row in rows]


def booked_in(place_id: int | None, begins: datetime, ends: datetime) -> Sequence[Event]:
    """What is, or was, booked in a store, or in any, in a span; with store, host and room, as it begins; what
    is online too."""
    found = select(Event).where(Event.status.in_(BOOKED), Event.starts_at < ends, Event.ends_at > begins)
    if place_id is not None:
        found = found.where(Event.place_id == place_id)
    people = joinedload(Event.editor), joinedload(Event.room), joinedload(Event.place)
    return db.session.scalars(found.options(*people).order_by(Event.starts_at, Event.id)).all()

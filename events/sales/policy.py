"""When a sale in the store is one of the evening."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.calendar.models import Event

# Whoever comes early buys before it begins, and the queue at the till is longer than the evening.
BEFORE = timedelta(hours=1)
AFTER = timedelta(hours=2)


def is_on(event: Event, place_id: int | None, at: datetime | None) -> bool:
    """Whether a sale of that store and moment may belong to an event; not for unknown ones."""
    return (
        at is not None
        and event.place_id == place_id
        and event.starts_at - BEFORE <= at < event.ends_at + AFTER
    )

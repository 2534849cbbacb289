"""What the pages of guests say of an event."""

from __future__ import annotations

from events.calendar.models import Event, EventStatus
from foundation import clock


def takes_guests(event: Event) -> bool:
    """Whether somebody can still ask for a seat, change or give back."""
    return event.status == EventStatus.APPROVED and event.starts_at > clock.now()

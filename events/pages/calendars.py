"""Events as entries of a calendar: for the file of one, the calendar of a host, and the feed of a guest."""

from __future__ import annotations

from flask_babel import gettext as _

from events.calendar.models import Event, EventStatus
from foundation.calendars import Entry, calendar_file


def entry_of(event: Event) -> Entry:
    """An event with its place loaded. What happens, and that it is called off, stand in the words as well:
    not every calendar shows the mark."""
    place, off = event.place, event.status == EventStatus.CANCELLED
    words = [_("Called off: this evening does not take place.")] if off else []
    return Entry(
        uid=event.uid,
        title=event.called,
        where=_("Online") if event.online else f"{place.street}, {place.postcode} {place.city}",
        begins_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.changed_at,
        href=f"/events/{event.slug}",
        words="\n\n".join([*words, event.says, *([event.course] if event.course else [])]),
        called_off=off,
        time_zone=event.time_zone,
        sequence=event.sequence,
    )


def file_of(event: Event) -> bytes:
    """The file of one event, for a calendar that is asked to take it in, or to take it out again."""
    off = event.status == EventStatus.CANCELLED
    return calendar_file([entry_of(event)], method="CANCEL" if off else "PUBLISH")

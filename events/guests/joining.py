"""The link to join by, for who comes and nobody else: on the ticket, in reminders, in their calendar."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from events.calendar.models import EventStatus
from events.guests.models import SEATED, Rsvp
from events.pages.calendars import entry_of
from foundation import clock
from foundation.calendars import Entry, calendar_file

AHEAD = (EventStatus.APPROVED, EventStatus.LIVE)


def joining_link(rsvp: Rsvp) -> str:
    """Where they join, while they have a seat and it is not over; empty for who has none."""
    event = rsvp.event
    if rsvp.status not in SEATED or event.status not in AHEAD or event.ends_at <= clock.now():
        return ""
    return event.joining_url or ""


def guest_entry(rsvp: Rsvp) -> Entry:
    """The event in the calendar of who comes: it leads to their ticket, and to where they join."""
    entry, link = entry_of(rsvp.event), joining_link(rsvp)
    entry = replace(entry, href=f"/tickets/{rsvp.secret}")
    if not link:
        return entry
    return replace(entry, where=link, words=f"{_('Join here: %(link)s', link=link)}\n\n{entry.words}")


def guest_file(rsvp: Rsvp) -> bytes:
    """The same as a file."""
    off = rsvp.event.status == EventStatus.CANCELLED
    return calendar_file([guest_entry(rsvp)], method="CANCEL" if off else "PUBLISH")

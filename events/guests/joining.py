"""The way into what is online, for who comes alone: on the ticket, in reminders, in their calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from events.calendar.models import Event, EventStatus
from events.guests.models import SEATED, Rsvp
from events.guests.policy import DOORS_OPEN
from events.pages.calendars import entry_of
from foundation import clock
from foundation.calendars import Entry, calendar_file
from foundation.settings import current

AHEAD = (EventStatus.APPROVED, EventStatus.LIVE)


def joining_page(rsvp: Rsvp) -> str:
    """The address they join by, while they have a seat and it is not over; empty for who has none.

    It is one of ours and never the host's link: it writes down who came, holds though the link be another
    by then, and leads nowhere before the doors open.
    """
    return f"{current().base_url}/tickets/{rsvp.secret}/join" if _comes_online(rsvp) else ""


def open_link(rsvp: Rsvp) -> str:
    """The host's link, for whoever comes, from an hour before; empty for everybody else."""
    if not _comes_online(rsvp) or clock.now() < opens_at(rsvp.event):
        return ""
    return rsvp.event.joining_url or ""


def opens_at(event: Event) -> datetime:
    """Since when who comes is let in."""
    return event.starts_at - DOORS_OPEN


def guest_entry(rsvp: Rsvp) -> Entry:
    """The event in the calendar of who comes: it leads to their ticket, and to where they join."""
    entry, page = entry_of(rsvp.event), joining_page(rsvp)
    entry = replace(entry, href=f"/tickets/{rsvp.secret}")
    if not page:
        return entry
    return replace(entry, where=page, words=f"{_('Join here: %(link)s', link=page)}\n\n{entry.words}")


def guest_file(rsvp: Rsvp) -> bytes:
    """The same as a file."""
    off = rsvp.event.status == EventStatus.CANCELLED
    return calendar_file([guest_entry(rsvp)], method="CANCEL" if off else "PUBLISH")


def _comes_online(rsvp: Rsvp) -> bool:
    event = rsvp.event
    return event.online and rsvp.status in SEATED and event.status in AHEAD and event.ends_at > clock.now()

"""What the list of somebody's evenings and their calendar say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from events.calendar.models import EventStatus
from events.guests.joining import guest_entry
from events.guests.models import SEATED, Rsvp, RsvpStatus
from events.pages.showing import months_of
from foundation.calendars import Entry


def lines_of(rsvps: Sequence[Rsvp]) -> list[dict[str, Any]]:
    """Lines as the list of all evenings has them, each with its ticket and where one stands."""
    lines = [line for _label, some in months_of([one.event for one in rsvps]) for line in some]
    return [
        line
        | {
            "href": url_for("rsvps.ticket", secret=one.secret),
            "standing": _standing(one),
            "tone": "good" if one.status in SEATED else "warn",
            "off": one.event.status == EventStatus.CANCELLED,
        }
        for one, line in zip(rsvps, lines, strict=True)
    ]


def _standing(rsvp: Rsvp) -> str:
    """Where one stands, in a line; the ticket says the rest."""
    if rsvp.asked:
        return _("Still coming?")
    return {
        RsvpStatus.GOING: ngettext("Your seat is kept", "Your seats are kept", rsvp.party),
        RsvpStatus.PENDING: _("%(host)s answers you", host=rsvp.event.editor.first_name),
        RsvpStatus.WAITLISTED: _("You are on the waiting list"),
        RsvpStatus.OFFERED: ngettext("A seat is free for you", "Two seats are free for you", rsvp.party),
        RsvpStatus.ATTENDED: _("You are in"),
    }[RsvpStatus(rsvp.status)]


def entries_of(rsvps: Sequence[Rsvp]) -> list[Entry]:
    """Where one has a seat, each leading to its ticket. Once for each event, whatever addresses one gave."""
    going = {one.event_id: one for one in rsvps if one.status in SEATED}
    return [guest_entry(one) for one in going.values()]

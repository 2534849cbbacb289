"""The list of the door as a device keeps it, and what became of what it told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from events.calendar.models import Event, Visibility
from events.door.admitting import Answer
from events.door.models import Scan, ScanResult
from events.door.policy import LIST_UNTIL
from events.door.queries import on_the_list, people_in, tickets_elsewhere
from events.door.words import Said, Told, say
from events.guests.models import SEATED, Rsvp, RsvpStatus, hash_of
from events.guests.policy import DOORS_OPEN, free_seats
from foundation import clock
from foundation.web.formats import hour, moment

# Told again at the edges: a transaction that was longer than another commits later than its time.
OVERLAP = 60
# Of a hash, for a ticket of another evening: 64 bits.
ENOUGH = 16


def list_of(event: Event, since: datetime | None = None) -> dict[str, Any]:
    """Who is on the list, or who changed since: a first name, an initial, and a hash of the secret of each
    ticket, from which no ticket can be drawn."""
    return counts_of(event) | {
        "starts_at": event.starts_at.isoformat(),
        "opens_at": (event.starts_at - DOORS_OPEN).isoformat(),
        "wipe_at": (event.ends_at + LIST_UNTIL).isoformat(),
        "guests": [line_of(one) for one in on_the_list(event.id, since)],
        "elsewhere": elsewhere_of(event),
    }


def elsewhere_of(event: Event) -> list[dict[str, Any]]:
    """Evenings whose tickets may be held up here by mistake: which, and enough of the hash of each ticket to
    say so without a network. Nobody is named, and no evening that is not for everybody."""
    return [
        {
            "title": other.called if other.visibility == Visibility.PUBLIC else _("A private evening"),
            "date": moment(other.starts_at, "day", zone=other.time_zone),
            "hashes": [hash_of(secret)[:ENOUGH] for secret in secrets],
        }
        for other, secrets in tickets_elsewhere(event)
    ]


def counts_of(event: Event) -> dict[str, Any]:
    """How full it is, and what time it is with us."""
    return {
        "now": clock.now().isoformat(),
        "in": people_in(event.id),
        "capacity": event.capacity,
        "free": free_seats(event.capacity, event.seats_taken),
    }


def line_of(rsvp: Rsvp) -> dict[str, Any]:
    """A party on the list."""
    return {
        "id": rsvp.id,
        "name": rsvp.at_the_door,
        "party": rsvp.party,
        "stands": stands(rsvp),
        "arrived": rsvp.arrived,
        "since": rsvp.arrived_at.isoformat() if rsvp.arrived_at else None,
        "hash": rsvp.secret_hash,
    }


def stands(rsvp: Rsvp) -> str:
    """in: all or some of them are there; seat; gone: gave it back, or was declined; waits: all others."""
    if rsvp.status == RsvpStatus.ATTENDED:
        return "in"
    if rsvp.status in SEATED or rsvp.seats:
        return "seat"
    return "gone" if rsvp.status in (RsvpStatus.CANCELLED, RsvpStatus.DECLINED) else "waits"


def answers_of(event: Event, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """What became of what a device told, for the device."""
    return [
        {
            "nonce": one.nonce,
            "result": str(one.result),
            "people": one.people,
            "rsvp": one.rsvp.id if one.rsvp is not None and one.rsvp.event_id == event.id else None,
            "since": one.since.isoformat() if one.since else None,
            "told": asdict(told_of(event, one.rsvp, one.since)),
        }
        for one in answers
    ]


def told_of(event: Event, rsvp: Rsvp | None, since: datetime | None) -> Told:
    """What a screen of this event names about a party. Of another event it says which, not whose."""
    zone = event.time_zone
    other = rsvp.event if rsvp is not None and rsvp.event_id != event.id else None
    return Told(
        name=rsvp.at_the_door if rsvp is not None and other is None else "",
        since=hour(since, zone=zone) if since else "",
        opens=hour(event.starts_at - DOORS_OPEN, zone=zone),
        title=other.called if other is not None else "",
        date=moment(other.starts_at, "day", zone=other.time_zone) if other is not None else "",
        free=str(free_seats(event.capacity, event.seats_taken)),
    )


def said_of(event: Event, scan: Scan) -> Said | None:
    """The screen for what was looked at last; none for what was taken back."""
    if scan.result == ScanResult.UNDONE:
        return None
    rsvp = scan.rsvp
    since = rsvp.arrived_at if rsvp is not None and scan.result == ScanResult.AGAIN else None
    return say(ScanResult(scan.result), told_of(event, rsvp, since), people=scan.people)

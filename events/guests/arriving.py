"""Who comes, under the lock of the event: the door writes it down here, and takes it back."""

from __future__ import annotations

from datetime import datetime

from events.calendar.models import Event
from events.guests.models import RSVP_MOVES, Rsvp, RsvpStatus
from events.guests.seats import count, free_of
from foundation import clock


def has_seat(event: Event, rsvp: Rsvp) -> bool:
    """Whether a party holds its seats, or as many are free for it now."""
    return rsvp.seats > 0 or rsvp.party <= free_of(event)


def arrive(event: Event, rsvp: Rsvp, *, people: int, at: datetime, beyond: str = "") -> None:
    """So many of a party are in, the first of them since `at`. They take free seats if they hold none.

    Whoever finds none free stands, and `beyond` says why they were let in: a fact is never refused.
    """
    if rsvp.status != RsvpStatus.ATTENDED:
        held = rsvp.seats
        assert beyond or has_seat(event, rsvp), "whoever has no seat is let in for a reason"
        rsvp.beyond = "" if has_seat(event, rsvp) else beyond
        RSVP_MOVES.move(rsvp, RsvpStatus.ATTENDED)
        rsvp.offered_until, rsvp.open_to_all = None, False
        rsvp.arrived_at, rsvp.arrived = at, people
        rsvp.turn += 1
        count(event, rsvp, held)
    else:
        rsvp.arrived += people
        rsvp.arrived_at = min(at, rsvp.arrived_at or at)
    rsvp.changed_at = clock.now()


def leave(event: Event, rsvp: Rsvp, *, people: int, end: RsvpStatus) -> None:
    """So many of a party are not in after all; without any of them the party stands at `end` again.

    No letter says so: whoever was looked up by mistake never knew of it. Raises `IllegalMove`.
    """
    held = rsvp.seats
    rsvp.arrived = max(0, rsvp.arrived - people)
    rsvp.changed_at = clock.now()
    if rsvp.arrived == 0:
        RSVP_MOVES.move(rsvp, end)
        rsvp.arrived_at, rsvp.beyond = None, ""
        rsvp.turn += 1
        count(event, rsvp, held)

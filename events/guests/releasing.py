"""Seats that nobody confirmed the day before go on, where that was announced from the beginning."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from events.calendar.models import Event
from events.guests.errors import NobodyToRelease, NotAnnounced
from events.guests.models import Rsvp, RsvpStatus
from events.guests.policy import TIME_TO_CONFIRM
from events.guests.queries import unconfirmed
from events.guests.seats import move, note, open_event, settle
from foundation import clock
from foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Silent:
    """A party that was asked and has not answered, and from when on its seat may go on."""

    rsvp: Rsvp
    until: datetime


def silent_ones(event: Event) -> list[Silent]:
    """Who has not answered the letter of the day before."""
    if not event.confirm_required:
        return []
    return [Silent(rsvp, at + TIME_TO_CONFIRM) for rsvp, at in unconfirmed(event.id, event.sequence)]


def release(*, actor: Actor, event_id: int, rsvp_ids: Collection[int]) -> int:
    """The seats of those of them who were asked, had twelve hours and said nothing go to who waits; how many.

    Who has confirmed meanwhile keeps the seat; who comes after all asks like everybody. Each gets a letter.
    Raises `NotOpen`, `NotAnnounced`, `NobodyToRelease`.
    """
    event, now = open_event(event_id), clock.now()
    if not event.confirm_required:
        raise NotAnnounced()
    due = [one.rsvp for one in silent_ones(event) if one.until <= now and one.rsvp.id in rsvp_ids]
    if not due:
        raise NobodyToRelease()
    for rsvp in due:
        rsvp.released_at, rsvp.asked_at = now, None
        move(event, rsvp, RsvpStatus.CANCELLED)
        note(actor, "release", rsvp)
    settle(event)
    return len(due)

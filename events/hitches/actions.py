"""A store that closes on the day of an evening: it is noted, and staff say that it takes place anyway."""

from __future__ import annotations

from datetime import date, datetime

from events.calendar.actions import locked_event, take_turn
from events.calendar.errors import AlreadyBegun, ReasonNeeded
from events.calendar.models import Event, EventStatus
from events.calendar.policy import open_around
from events.hitches.queries import HELD, OTHER_HOURS, in_store, last_word
from foundation import clock
from foundation.actors import Actor
from foundation.states import IllegalMove
from storefront.places.queries import place_by_id


def note_hours(*, actor: Actor, place_id: int, day: date | None, told_at: datetime) -> list[int]:
    """Write down which approved events lie outside of the hours their store has now, on a day of its calendar
    or on any; those that were not known to already. Nothing else changes: staff decide.

    `told_at`: when the hours were written. What staff have said since holds, also when the news comes twice.
    """
    place, noted = place_by_id(place_id), []
    for found in sorted(in_store(place_id, clock.now()), key=lambda one: one.id):
        if day is not None and place.local(found.starts_at).date() != day:
            continue
        event = locked_event(found.id)
        if not _awaits(event) or open_around(place, event.starts_at, event.ends_at):
            continue
        step, at = last_word([event.id]).get(event.id, ("", None))
        answered = at is not None and (at > told_at or (step == HELD and at == told_at))
        if step != OTHER_HOURS and not answered:
            take_turn(actor, event, OTHER_HOURS)
            noted.append(event.id)
    return noted


def hold_anyway(*, actor: Actor, event_id: int, words: str) -> Event:
    """It takes place when it was to, although the store has other hours; its host reads the reason.

    Raises `NoSuchEvent`, `AlreadyBegun`, `IllegalMove` where nothing is to be said about it, `ReasonNeeded`.
    """
    event = locked_event(event_id)
    if event.status == EventStatus.LIVE:
        raise AlreadyBegun()
    if not _awaits(event) or last_word([event_id]).get(event_id, ("", None))[0] != OTHER_HOURS:
        raise IllegalMove()
    if not words.strip():
        raise ReasonNeeded()
    take_turn(actor, event, HELD, words)
    return event


def _awaits(event: Event) -> bool:
    return event.status == EventStatus.APPROVED and event.starts_at > clock.now()

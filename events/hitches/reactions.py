from __future__ import annotations

from datetime import date

from editors.membership.facts import StandingChanged
from events.calendar.handing import withdraw_proposals
from events.hitches.actions import note_hours
from events.hitches.mail import tell_host
from foundation.actors import Actor
from storefront.places.facts import HoursChanged, StoreShut

HITCHES = Actor.system("events.hitches")


def on_standing_changed(fact: StandingChanged) -> None:
    """What waits for an answer of a store is a draft again. What was approved stands with staff as it is:
    they read the membership itself, so that a host who goes on leaves nothing behind."""
    withdraw_proposals(actor=HITCHES, editor_id=fact.editor_id)


def on_store_shut(fact: StoreShut) -> None:
    """Evenings on a day on which the store is closed wait for a word of staff; their hosts are told."""
    _note(fact.place_id, fact.day)


def on_hours_changed(fact: HoursChanged) -> None:
    """The same of evenings that lie outside of other hours."""
    _note(fact.place_id, fact.day)


def _note(place_id: int, day: str | None) -> None:
    on = date.fromisoformat(day) if day else None
    for event_id in note_hours(actor=HITCHES, place_id=place_id, day=on):
        tell_host(event_id, "hours")

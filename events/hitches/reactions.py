from __future__ import annotations

from datetime import date

from editors.membership.facts import StandingChanged
from events.calendar.handing import withdraw_proposals
from events.hitches.actions import note_hours
from events.hitches.mail import tell_host
from foundation import clock
from foundation.actors import Actor
from storefront.places.facts import HoursChanged, StoreShut

HITCHES = Actor.system("events.hitches")


def on_standing_changed(fact: StandingChanged) -> None:
    """What waits for an answer of a store is a draft again. What was approved stands with staff as it is:
    they read the membership itself, so that a host who goes on leaves nothing behind."""
    withdraw_proposals(actor=HITCHES, editor_id=fact.editor_id)


def on_store_shut(fact: StoreShut) -> None:
    """Evenings on a day on which the store is closed wait for a word of staff; their hosts are told."""
    _note(fact)


def on_hours_changed(fact: HoursChanged) -> None:
    """The same of evenings that lie outside of other hours."""
    _note(fact)


def _note(fact: StoreShut | HoursChanged) -> None:
    on = date.fromisoformat(fact.day) if fact.day else None
    noted = note_hours(actor=HITCHES, place_id=fact.place_id, day=on, told_at=fact.told_at or clock.now())
    for event_id in noted:
        tell_host(event_id, "hours")

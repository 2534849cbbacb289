from __future__ import annotations

from events.calendar.facts import EventCancelled, EventMoved
from events.perks.actions import follow_event
from foundation.actors import Actor

PERKS = Actor.system("events.perks")


def on_event_moved(fact: EventMoved) -> None:
    """Its code counts around the new evening."""
    follow_event(actor=PERKS, event_id=fact.event_id)


def on_event_cancelled(fact: EventCancelled) -> None:
    """Its code counts no more."""
    follow_event(actor=PERKS, event_id=fact.event_id)

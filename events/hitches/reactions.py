from __future__ import annotations

from editors.membership.facts import StandingChanged
from events.calendar.handing import withdraw_proposals
from foundation.actors import Actor

HITCHES = Actor.system("events.hitches")


def on_standing_changed(fact: StandingChanged) -> None:
    """What waits for an answer of a store is a draft again. What was approved stands with staff as it is:
    they read the membership itself, so that a host who goes on leaves nothing behind."""
    withdraw_proposals(actor=HITCHES, editor_id=fact.editor_id)

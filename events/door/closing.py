"""After the evening: who had a seat and did not come."""

from __future__ import annotations

from events.calendar.actions import locked_event
from events.door.policy import CLOSING, TOLD_UNTIL
from events.door.queries import doors_to_close, going_to
from events.guests.models import RSVP_MOVES, RsvpStatus
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db

AT_ONCE = 100


def close_doors(*, actor: Actor) -> int:
    """Two hours after an evening whoever had a seat and did not come is a no-show; how many parties are.

    Where nobody was let in, the door was not used, and nothing is known of who came. A phone that tells
    later of somebody is believed.
    """
    now, parties = clock.now(), 0
    for event_id in doors_to_close(now - CLOSING, now - TOLD_UNTIL, AT_ONCE):
        event = locked_event(event_id)
        absent = going_to(event.id)
        for rsvp in absent:
            RSVP_MOVES.move(rsvp, RsvpStatus.NO_SHOW)
            rsvp.turn += 1
            rsvp.changed_at = now
        db.session.flush()
        audit.record(
            actor=actor, action="door.close", subject=("event", event.id), after={"no_shows": len(absent)}
        )
        parties += len(absent)
    return parties

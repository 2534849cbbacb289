"""A free seat for somebody new, in one statement: what most guests meet, and all of them when a hall opens.

Whoever has to wait, is known, or needs the host's yes goes the longer way in `actions`, where the same rules
are read one by one. The lock of the event is taken by a statement of its own before, as for every seat: only
so does this one see what the guest before has committed.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import text

from events.calendar.actions import hold_event
from events.guests.coming import Coming
from events.guests.facts import GuestMoved
from events.guests.models import RsvpStatus
from foundation import clock, facts, ids
from foundation.actors import Actor
from foundation.db import rows

# An offer, or somebody who waits: they come first, and the longer way knows by how much. Taken only while
# there is one, by the row itself: without the lock, too, nobody would sit on a seat that is not there.
_TAKE = text(
    """
    WITH counted AS (
        UPDATE events SET seats_taken = seats_taken + :party
        WHERE id = :event_id AND status = 'approved' AND admission = 'auto' AND starts_at > :now
          AND :party BETWEEN 1 AND most_party AND seats_taken + :party <= capacity
          AND NOT EXISTS (SELECT FROM rsvps WHERE event_id = :event_id AND email = :email)
          AND NOT EXISTS (
            SELECT FROM rsvps WHERE event_id = :event_id AND status IN ('waitlisted', 'offered'))
        RETURNING id),
    seated AS (
        INSERT INTO rsvps (event_id, account_id, status, source, party, name, plus_one, email, needs,
            language, secret, passed_over, open_to_all, turn, made_at, changed_at)
        SELECT id, CAST(:account_id AS bigint), 'going', 'web', :party, :name, :plus_one, :email, :needs,
            :language, :secret, 0, false, 1, :now, :now
        FROM counted RETURNING id, secret),
    noted AS (
        INSERT INTO audit_rows (at, actor_kind, actor_label, actor_account_id, action, subject_type,
            subject_id, after)
        SELECT :now, :actor_kind, :actor_label, CAST(:actor_account_id AS bigint), 'guests.ask', 'rsvp', id,
            jsonb_build_object('status', 'going', 'party', CAST(:party AS bigint))
        FROM seated)
    SELECT id, secret FROM seated
    """
)


class Seated(NamedTuple):
    """Who has the seat, and the secret of the ticket."""

    rsvp_id: int
    secret: str


def take_free_seat(
    *,
    actor: Actor,
    event_id: int,
    coming: Coming,
    email: str,
    language: str,
    account_id: int | None,
) -> Seated | None:
    """A seat for somebody new by the web; None, and nothing is written, when it is not as simple as that.

    What it writes down and tells is what `actions.ask_for_seats` does.
    """
    hold_event(event_id)
    values = {
        "event_id": event_id,
        "account_id": account_id,
        "party": coming.party,
        "name": coming.name,
        "plus_one": coming.plus_one if coming.party > 1 else "",
        "email": email.lower(),
        "needs": coming.needs,
        "language": language,
        "secret": ids.token(),
        "now": clock.now(),
        "actor_kind": str(actor.kind),
        "actor_label": actor.label,
        "actor_account_id": actor.account_id,
    }
    seated = rows(_TAKE, values)
    if not seated:
        return None
    found = Seated(*seated[0])
    going, new = str(RsvpStatus.GOING), str(RsvpStatus.CANCELLED)
    facts.record(GuestMoved(rsvp_id=found.rsvp_id, event_id=event_id, status=going, turn=1, was=new))
    return found

"""Which tickets this browser took, kept in its session: whoever comes back to an event finds theirs."""

from __future__ import annotations

from flask import session

from events.guests.errors import NoSuchTicket
from events.guests.models import Rsvp
from events.guests.queries import rsvp_by_secret, rsvp_of_account
from foundation.accounts.guards import current_account

_KEY, _KEPT = "tickets", 12


def own_rsvp(event_id: int) -> Rsvp | None:
    """What this browser, or whoever is signed in, has at an event. A stranger costs no statement."""
    account = current_account()
    if account is not None and (found := rsvp_of_account(event_id, account.id)) is not None:
        return found
    secret = next((secret for event, secret in session.get(_KEY, ()) if event == event_id), None)
    try:
        return rsvp_by_secret(secret) if secret else None
    except NoSuchTicket:
        return None


def remember(event_id: int, secret: str) -> None:
    others = [pair for pair in session.get(_KEY, ()) if pair[0] != event_id]
    session[_KEY] = [*others, (event_id, secret)][-_KEPT:]

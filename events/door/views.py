"""Coming to what is online: the ticket leads to where the host's link leads, and it is written down."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from commissions.clicks.band import is_person
from events.door.admitting import Sighting, take_in
from events.door.models import ScanMode
from events.guests.joining import open_link
from events.guests.models import Rsvp
from events.guests.queries import rsvp_by_secret
from foundation import clock, ids
from foundation.accounts.guards import current_person, public
from foundation.db import all_or_nothing, writes

bp = Blueprint("joining", __name__)


@bp.get("/tickets/<secret>/join")
@public
@writes
def join(secret: str) -> Response:
    """Let in who comes, from an hour before; too early, too late or without a seat the ticket says so.

    A program that opens links in letters is led to the ticket: it came to nothing.
    """
    rsvp = rsvp_by_secret(secret)
    link = open_link(rsvp) if is_person() else ""
    if link and rsvp.arrived < rsvp.party:
        _write_down(rsvp)
    answer = redirect(link or url_for("rsvps.ticket", secret=secret), 303)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _write_down(rsvp: Rsvp) -> None:
    """All of a party sit before one screen, and each party is a door of its own: nobody queues online."""
    now, nonce = clock.now(), ids.token()
    seen = Sighting(nonce=nonce, at=now, mode=ScanMode.ONLINE, rsvp_id=rsvp.id)
    with all_or_nothing():
        take_in(
            actor=current_person(),
            event_id=rsvp.event_id,
            device=nonce,
            sent_at=now,
            sightings=[seen],
        )

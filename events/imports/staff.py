"""Staff: guests of an event from a file."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.imports import showing
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission

bp = Blueprint("staff_guest_imports", __name__, url_prefix="/staff/events/<int:event_id>/guests/files")
STAFF = True


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def choose(event_id: int) -> str:
    """Choose a file of guests; those that were brought before."""
    return showing.choose(_booked(event_id), staff=STAFF)


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def look_through(event_id: int) -> Answer | tuple[str, int]:
    """Look a file through. Nobody is written down yet."""
    return showing.look_through(_booked(event_id), current_staff(), staff=STAFF)


@bp.get("/example.csv")
@permitted(Permission.EVENTS_DECIDE)
def example(event_id: int) -> Response:
    """A file to fill in."""
    _booked(event_id)
    return showing.example()


@bp.get("/<int:import_id>")
@permitted(Permission.EVENTS_DECIDE)
def one(event_id: int, import_id: int) -> str:
    """What a file says, what is wrong with it, and what became of it."""
    return showing.one(_booked(event_id), import_id, staff=STAFF)


@bp.post("/<int:import_id>")
@permitted(Permission.EVENTS_DECIDE)
def act(event_id: int, import_id: int) -> Answer | tuple[str, int]:
    """Write its guests down, or throw the file away."""
    return showing.act(_booked(event_id), import_id, current_staff(), staff=STAFF)


@bp.get("/<int:import_id>/left-out.csv")
@permitted(Permission.EVENTS_DECIDE)
def left_out(event_id: int, import_id: int) -> Response:
    """The lines that were left out, for a spreadsheet. No cell begins like a formula."""
    return showing.left_out(_booked(event_id), import_id, staff=STAFF)


def _booked(event_id: int) -> Event:
    found = event_by_id(event_id)
    if not found.booked:
        raise NoSuchEvent()
    return found

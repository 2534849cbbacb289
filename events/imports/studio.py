"""The studio: guests of an event of one’s own from a file."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.imports import showing
from foundation.accounts.guards import current_person

bp = Blueprint("my_guest_imports", __name__, url_prefix="/studio/events/<int:event_id>/guests/files")
STAFF = False


@bp.get("")
@style_editor
def choose(event_id: int) -> str:
    """Choose a file of guests; those that were brought before."""
    return showing.choose(_mine(event_id), staff=STAFF)


@bp.post("")
@style_editor
def look_through(event_id: int) -> Answer | tuple[str, int]:
    """Look a file through. Nobody is written down yet."""
    return showing.look_through(_mine(event_id), current_person(), staff=STAFF)


@bp.get("/example.csv")
@style_editor
def example(event_id: int) -> Response:
    """A file to fill in."""
    _mine(event_id)
    return showing.example()


@bp.get("/<int:import_id>")
@style_editor
def one(event_id: int, import_id: int) -> str:
    """What a file says, what is wrong with it, and what became of it."""
    return showing.one(_mine(event_id), import_id, staff=STAFF)


@bp.post("/<int:import_id>")
@style_editor
def act(event_id: int, import_id: int) -> Answer | tuple[str, int]:
    """Write its guests down, or throw the file away."""
    return showing.act(_mine(event_id), import_id, current_person(), staff=STAFF)


@bp.get("/<int:import_id>/left-out.csv")
@style_editor
def left_out(event_id: int, import_id: int) -> Response:
    """The lines that were left out, for a spreadsheet. No cell begins like a formula."""
    return showing.left_out(_mine(event_id), import_id, staff=STAFF)


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return found

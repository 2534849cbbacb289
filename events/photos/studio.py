"""The studio: photos of an evening of one’s own."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.photos import showing
from events.photos.queries import photo_in
from foundation.accounts.guards import current_person
from foundation.db import in_steps
from foundation.web.uploads import MEGABYTE, takes_files

bp = Blueprint("my_photos", __name__, url_prefix="/studio/events/<int:event_id>/photos")

LARGEST = 80 * MEGABYTE


@bp.get("")
@style_editor
def photos(event_id: int) -> str:
    """Every photo, who is on it, and what it waits for."""
    return showing.page(_mine(event_id), staff=False, may=True)


@bp.post("")
@style_editor
@takes_files(LARGEST)
@in_steps
def act(event_id: int) -> Answer | tuple[str, int]:
    """Bring photos, say who is on one, or take one down."""
    return showing.act(_mine(event_id), current_person(), staff=False)


@bp.get("/<int:photo_id>/<size>")
@style_editor
@in_steps
def file(event_id: int, photo_id: int, size: str) -> Response:
    """A photo, whether everybody may see it or not."""
    return showing.answer_with(photo_in(_mine(event_id).id, photo_id), size)


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return found

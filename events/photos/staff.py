"""Staff: photos of an evening."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Answer

from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.photos import showing
from events.photos.queries import photo_in
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import in_steps
from foundation.web.uploads import MEGABYTE, takes_files

bp = Blueprint("staff_photos", __name__, url_prefix="/staff/events/<int:event_id>/photos")

LARGEST = 80 * MEGABYTE


@bp.get("")
@permitted(Permission.EVENTS_DECIDE)
def photos(event_id: int) -> str:
    """Every photo, who is on it, and what it waits for."""
    return showing.page(_booked(event_id), staff=True, may=True)


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
@takes_files(LARGEST)
@in_steps
def act(event_id: int) -> Answer | tuple[str, int]:
    """Bring photos, say who is on one, or take one down."""
    return showing.act(_booked(event_id), current_staff(), staff=True)


@bp.get("/<int:photo_id>/<size>")
@permitted(Permission.EVENTS_DECIDE)
@in_steps
def file(event_id: int, photo_id: int, size: str) -> Response:
    """A photo, whether everybody may see it or not."""
    return showing.answer_with(photo_in(_booked(event_id).id, photo_id), size)


def _booked(event_id: int) -> Event:
    found = event_by_id(event_id)
    if not found.booked:
        raise NoSuchEvent()
    return found

"""Staff at the door of an event."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.door import page
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.web.uploads import takes_files

bp = Blueprint("staff_door", __name__, url_prefix="/staff/events/<int:event_id>/door")


@bp.get("")
@permitted(Permission.EVENTS_DOOR)
def door(event_id: int) -> Response:
    """What is ready to look at tickets."""
    return page.page(_booked(event_id), staff=True)


@bp.post("")
@permitted(Permission.EVENTS_DOOR)
def act(event_id: int) -> Response:
    """One step without script."""
    return page.act(_booked(event_id), current_staff(), staff=True)


@bp.get("/list")
@permitted(Permission.EVENTS_DOOR)
def device_list(event_id: int) -> Response:
    """The list that the device keeps."""
    return page.device_list(_booked(event_id))


@bp.post("/scans")
@permitted(Permission.EVENTS_DOOR)
@takes_files(page.MOST_BYTES)
def upload(event_id: int) -> Response:
    """What the device saw."""
    return page.upload(_booked(event_id), current_staff())


@bp.get("/worker.js")
@permitted(Permission.EVENTS_DOOR)
def worker(event_id: int) -> Response:
    """What keeps the page on the device."""
    return page.worker(_booked(event_id), staff=True)


def _booked(event_id: int) -> Event:
    found = event_by_id(event_id)
    if not found.announced or found.online:
        raise NoSuchEvent()
    return found

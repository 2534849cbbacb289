"""The host at the door of an event of theirs."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.door import page
from foundation.accounts.guards import current_person
from foundation.web.uploads import takes_files

bp = Blueprint("my_door", __name__, url_prefix="/studio/events/<int:event_id>/door")


@bp.get("")
@style_editor
def door(event_id: int) -> Response:
    """What is ready to look at tickets."""
    return page.page(_mine(event_id), staff=False)


@bp.post("")
@style_editor
def act(event_id: int) -> Response:
    """One step without script."""
    return page.act(_mine(event_id), current_person(), staff=False)


@bp.get("/list")
@style_editor
def device_list(event_id: int) -> Response:
    """The list that the device keeps."""
    return page.device_list(_mine(event_id))


@bp.post("/scans")
@style_editor
@takes_files(page.MOST_BYTES)
def upload(event_id: int) -> Response:
    """What the device saw."""
    return page.upload(_mine(event_id), current_person())


@bp.get("/worker.js")
@style_editor
def worker(event_id: int) -> Response:
    """What keeps the page on the device."""
    return page.worker(_mine(event_id), staff=False)


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.announced or found.online:
        raise NoSuchEvent()
    return found

"""The studio: an evening of one's own that is over."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from editors.membership.guards import current_editor, style_editor
from events.afterwards import showing
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from foundation.accounts.guards import current_person

bp = Blueprint("my_afterwards", __name__, url_prefix="/studio/events/<int:event_id>/after")


@bp.get("")
@style_editor
def after(event_id: int) -> str:
    """What guests say, and the look of the evening."""
    return showing.page(_mine(event_id), staff=False, may=True)


@bp.post("")
@style_editor
def choose(event_id: int) -> Response | tuple[str, int]:
    """Choose the look of the evening."""
    return showing.choose(_mine(event_id), current_person(), staff=False)


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return found

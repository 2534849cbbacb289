"""Staff: an evening that is over."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from events.afterwards import showing
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission

bp = Blueprint("staff_afterwards", __name__, url_prefix="/staff/events/<int:event_id>/after")


@bp.get("")
@permitted(Permission.EVENTS_VIEW)
def after(event_id: int) -> str:
    """What guests say, and the look of the evening."""
    account = current_account()
    may = account is not None and Permission.EVENTS_DECIDE in account.permissions
    return showing.page(_booked(event_id), staff=True, may=may)


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def choose(event_id: int) -> Response | tuple[str, int]:
    """Choose the look of the evening for its host, with a reason."""
    return showing.choose(_booked(event_id), current_staff(), staff=True)


def _booked(event_id: int) -> Event:
    found = event_by_id(event_id)
    if not found.booked:
        raise NoSuchEvent()
    return found

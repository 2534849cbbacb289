"""The studio: who comes to an event of one's own, and who waits for an answer."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.guests import listing
from events.guests.forms import GuestForm
from events.guests.models import RsvpSource
from foundation.accounts.guards import current_person
from foundation.errors import Problem
from foundation.web.fields import REFUSED

bp = Blueprint("my_guests", __name__, url_prefix="/studio/events/<int:event_id>/guests")


@bp.get("")
@style_editor
def guests(event_id: int) -> str:
    """Everybody who comes, waits or asks."""
    return listing.page(_mine(event_id), staff=False)


@bp.post("")
@style_editor
def act(event_id: int) -> Response | tuple[str, int]:
    """Admit, decline, give a seat back for somebody, or write somebody down."""
    event, said = _mine(event_id), listing.said()
    form = GuestForm() if said == "add" else None
    if form is not None:
        form.offer(event.most_party)
        if not form.validate():
            return listing.page(event, staff=False, guest=form), REFUSED
    try:
        if form is not None:
            words = listing.add(event, form, current_person(), RsvpSource.HOST)
        else:
            words = listing.act(event, said, current_person())
    except Problem as refused:
        page = listing.page(_mine(event_id), staff=False, refused=str(refused), guest=form)
        return page, refused.status
    flash(words, "good")
    return redirect(url_for("my_guests.guests", event_id=event_id), 303)


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return found

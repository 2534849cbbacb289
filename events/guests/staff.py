"""Staff: who comes to an event, the order of who waits, and how many seats there are."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.guests import hosting, listing
from events.guests.forms import GuestForm, PlaceForm, SeatsForm
from events.guests.models import RsvpSource
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number

bp = Blueprint("staff_guests", __name__, url_prefix="/staff/events/<int:event_id>/guests")


@bp.get("")
@permitted(Permission.EVENTS_VIEW)
def guests(event_id: int) -> str:
    """Everybody who comes, waits or asks."""
    return _page(_booked(event_id))


@bp.post("")
@permitted(Permission.EVENTS_DECIDE)
def act(event_id: int) -> Response | tuple[str, int]:
    """What a host does, and what only staff do: another order with a reason, more seats or fewer."""
    event, said = _booked(event_id), listing.said()
    form = {"add": GuestForm, "reorder": PlaceForm, "seats": SeatsForm}.get(said, FlaskForm)()
    if isinstance(form, GuestForm):
        form.offer(event.most_party)
    if said in ("add", "reorder", "seats") and not form.validate():
        return _page(event, form), REFUSED
    try:
        words = _act(event, said, form)
    except Problem as refused:
        return _page(_booked(event_id), form, refused=str(refused)), refused.status
    flash(words, "good")
    return redirect(url_for("staff_guests.guests", event_id=event_id), 303)


def _act(event: Event, said: str, form: FlaskForm) -> str:
    actor = current_staff()
    if isinstance(form, GuestForm):
        return listing.add(event, form, actor, RsvpSource.STAFF)
    if isinstance(form, PlaceForm):
        with all_or_nothing():
            hosting.reorder(
                actor=actor,
                event_id=event.id,
                rsvp_id=sent_number("rsvp") or 0,
                place=form.place.data or 1,
                reason=form.reason.data or "",
            )
        return _("The order is another now, with your reason beside it.")
    if isinstance(form, SeatsForm):
        with all_or_nothing():
            hosting.set_capacity(
                actor=actor,
                event_id=event.id,
                capacity=form.capacity.data or 1,
                reason=form.reason.data or "",
            )
        return _("Kept. What is free is offered to who waits.")
    return listing.act(event, said, actor)


def _page(event: Event, form: FlaskForm | None = None, *, refused: str = "") -> str:
    account = current_account()
    return listing.page(
        event,
        staff=True,
        may=account is not None and Permission.EVENTS_DECIDE in account.permissions,
        refused=refused,
        guest=form if isinstance(form, GuestForm) else None,
        place=form if isinstance(form, PlaceForm) else None,
        seats=form if isinstance(form, SeatsForm) else None,
    )


def _booked(event_id: int) -> Event:
    found = event_by_id(event_id)
    if not found.booked:
        raise NoSuchEvent()
    return found

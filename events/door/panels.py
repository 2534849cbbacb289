"""What the door puts on other pages: the way to it, and on a ticket whether the host may see one’s style."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from events.calendar.models import Event, EventStatus
from events.door.policy import LIST_FROM
from events.door.styles import show_style, shows_style
from events.guests.errors import NoSuchTicket
from events.guests.models import Rsvp, RsvpStatus
from events.guests.queries import rsvp_by_secret
from foundation import clock
from foundation.accounts.guards import current_account, current_person, public
from foundation.db import all_or_nothing

bp = Blueprint("ticket_style", __name__)


def door_link(*, event: Event, staff: bool) -> str:
    """From a day before: the way to the door, which nothing online has, and to who is there."""
    if not event.booked or clock.now() < event.starts_at - LIST_FROM:
        return ""
    return render_template("events/door/links.html", event=event, here="staff" if staff else "my")


def style_switch(*, rsvp: Rsvp) -> str:
    """On the ticket of somebody with an account, before it is over: may the host see what they like?"""
    account = current_account()
    own = account is not None and rsvp.account_id == account.id
    if not own or not _ahead(rsvp):
        return ""
    return render_template("events/door/style_switch.html", rsvp=rsvp, on=shows_style(rsvp))


@bp.post("/tickets/<secret>/style")
@public
def style(secret: str) -> Response:
    """Yes or no; only by who the ticket and the sizes belong to."""
    rsvp, account = rsvp_by_secret(secret), current_account()
    if account is None or rsvp.account_id != account.id or not _ahead(rsvp):
        raise NoSuchTicket()
    wanted = request.form.get("wanted") == "yes"
    with all_or_nothing():
        show_style(actor=current_person(), rsvp=rsvp, wanted=wanted)
    name = rsvp.event.editor.first_name
    flash(_("%(name)s sees it that evening.", name=name) if wanted else _("Kept to yourself."), "good")
    return redirect(url_for("rsvps.ticket", secret=secret), 303)


def _ahead(rsvp: Rsvp) -> bool:
    coming = rsvp.status in (RsvpStatus.GOING, RsvpStatus.ATTENDED, RsvpStatus.WAITLISTED, RsvpStatus.OFFERED)
    return coming and rsvp.event.status != EventStatus.CANCELLED and rsvp.event.ends_at > clock.now()

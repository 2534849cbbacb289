"""Inviting people to an event of one's own, and saying whether one may be invited."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event
from events.calendar.queries import event_by_id
from events.guests import mail
from events.guests.showing import takes_guests
from events.invites import actions
from events.invites.errors import ProveAddress
from events.invites.queries import CHASE, Known, consents, invited_to, known_to
from foundation import clock
from foundation.accounts.guards import current_account, current_person, signed_in
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.numbers import sent_number, sent_numbers

bp = Blueprint("invites", __name__)


@bp.get("/studio/events/<int:event_id>/invite")
@style_editor
def suggestions(event_id: int) -> str:
    """Who may be invited, and why; and who was, and has not answered."""
    return _page(_mine(event_id))


@bp.post("/studio/events/<int:event_id>/invite")
@style_editor
def invite(event_id: int) -> Response | tuple[str, int]:
    """Invite those who were chosen, or ask somebody once more."""
    event, chased = _mine(event_id), sent_number("chase")
    try:
        with all_or_nothing():
            if chased is not None:
                rsvp = actions.chase(actor=current_person(), event_id=event.id, rsvp_id=chased)
                mail.tell(rsvp.id, CHASE, 0)
                words = _("Asked once more. It is the last time.")
            else:
                number = actions.invite(
                    actor=current_person(), event_id=event.id, account_ids=sent_numbers("account")
                )
                words = ngettext("%(num)s person is invited.", "%(num)s people are invited.", number)
    except Problem as refused:
        return _page(_mine(event_id), refused=str(refused)), refused.status
    flash(words, "good")
    return redirect(url_for("invites.suggestions", event_id=event_id), 303)


@bp.post("/account/evenings/invitations")
@signed_in
def allow() -> Response:
    """Style editors one knows may invite one, or no longer."""
    account = current_account()
    assert account is not None
    wanted = request.form.get("wanted") == "yes"
    try:
        actions.allow(actor=current_person(), account_id=account.id, wanted=wanted)
    except ProveAddress as refused:
        flash(str(refused), "warn")
    else:
        flash(_("They may invite you now.") if wanted else _("No more invitations."), "good")
    return redirect(url_for("evenings.mine"), 303)


def reasons_of(one: Known) -> list[str]:
    """Why somebody is suggested, the best reason first."""
    said = []
    if one.came:
        said.append(ngettext("came to an evening of yours", "came to %(num)s evenings of yours", one.came))
    if one.bought:
        said.append(ngettext("bought once with you", "bought %(num)s times with you", one.bought))
    if one.follows:
        said.append(_("follows you"))
    return said


def switch() -> str:
    """On the page of one's evenings: may style editors invite one?"""
    account = current_account()
    assert account is not None
    return render_template("events/invites/switch.html", allowed=consents(account.id))


def _page(event: Event, *, refused: str = "") -> str:
    now = clock.now()
    known = known_to(event, event.editor.account_id, now - actions.REST)
    return render_template(
        "events/invites/invite.html",
        event=event,
        refused=refused,
        open=takes_guests(event),
        known=[(one, reasons_of(one)) for one in known],
        invited=[
            (one, not spared and one.made_at <= now - actions.BEFORE_CHASE)
            for one, spared in invited_to(event.id)
        ],
    )


def _mine(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.editor_id != current_editor().id or not found.booked:
        raise NoSuchEvent()
    return found

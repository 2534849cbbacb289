"""Guests: a seat by a form without an account, and the ticket, for whoever holds its secret address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from events.calendar.models import Event, EventStatus, Visibility
from events.guests import actions, mail
from events.guests.at_once import take_free_seat
from events.guests.errors import NoSuchTicket
from events.guests.forms import ComingForm, RsvpForm
from events.guests.joining import guest_file, joining_page, open_link, opens_at
from events.guests.models import SEATED, Rsvp, RsvpStatus
from events.guests.queries import place_in_line, rsvp_by_id, rsvp_by_secret
from events.guests.remembering import own_rsvp, remember
from events.guests.showing import takes_guests
from events.guests.words import standing_words
from events.pages.queries import event_for_all
from events.pages.showing import values_of, when_of, where_of
from events.pages.views import visible
from foundation import clock
from foundation.accounts.guards import current_account, current_person, public
from foundation.actors import Actor
from foundation.db import all_or_nothing
from foundation.errors import Problem, TooMany
from foundation.i18n import reader_language
from foundation.limits.actions import spend_try
from foundation.settings import current
from foundation.web.fields import REFUSED
from storefront.till.showing import code_of

bp = Blueprint("rsvps", __name__)

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# A whole evening may write itself down from the store's own network.
TRIES, LINKS = 60, 3


@bp.get("/events/<slug>/rsvp")
@public
def form(slug: str) -> str | Response:
    """The form, or the ticket of whoever has one already."""
    event = visible(slug)
    own = own_rsvp(event.id)
    if own is not None:
        return redirect(url_for("rsvps.ticket", secret=own.secret))
    account = current_account()
    typed = RsvpForm(
        formdata=None, name=account.name if account else "", email=account.email if account else ""
    )
    return _form(event, typed)


@bp.post("/events/<slug>/rsvp")
@public
def ask(slug: str) -> Response | tuple[str, int]:
    """Ask for a seat; an address that stands on the list already gets its link once more."""
    # Its whole page is read where it is shown again; what is not for everybody asks who reads.
    event, typed = event_for_all(slug) or visible(slug), RsvpForm()
    typed.offer(event.most_party)
    if not typed.validate():
        return _form(visible(slug), typed), REFUSED
    spend_try(purpose="rsvp", subject=str(request.remote_addr), limit=TRIES, per=AN_HOUR)
    account, email = current_account(), str(typed.email.data).lower()
    wish: dict[str, Any] = {
        "actor": current_person(),
        "event_id": event.id,
        "coming": typed.coming,
        "email": email,
        "language": reader_language(),
        "account_id": account.id if account is not None and account.email == email else None,
    }
    seated = take_free_seat(**wish)
    if seated is not None:
        remember(event.id, seated.secret)
        return redirect(url_for("rsvps.ticket", secret=seated.secret), 303)
    try:
        with all_or_nothing():
            asked = actions.ask_for_seats(**wish)
    except Problem as refused:
        return _form(visible(slug), typed, refused=str(refused)), refused.status
    own = own_rsvp(event.id)
    if asked.new or (own is not None and own.id == asked.rsvp.id):
        remember(event.id, asked.rsvp.secret)
        return redirect(url_for("rsvps.ticket", secret=asked.rsvp.secret), 303)
    if asked.changed:  # whoever typed it may be somebody else: the letter that says yes leads to the ticket
        flash(
            _("This address was written down before, so the way to the ticket is in a letter to it."), "good"
        )
        return redirect(url_for("rsvps.form", slug=slug), 303)
    _send_link(asked.rsvp.id)
    flash(
        _("This address is on the list already. We have sent the way to its ticket there once more."), "good"
    )
    return redirect(url_for("rsvps.form", slug=slug), 303)


@bp.get("/tickets/<secret>")
@public
def ticket(secret: str) -> Response:
    """The ticket, or where one stands without one."""
    return _private(_ticket(rsvp_by_secret(secret)))


@bp.post("/tickets/<secret>")
@public
def act(secret: str) -> Response | tuple[Response, int]:
    """Give back, take an offered seat, confirm, or ask again: one tap each."""
    rsvp, said = rsvp_by_secret(secret), request.form.get("do", "")
    acts: dict[str, Callable[[Actor, Rsvp], object]] = {
        "give_back": lambda actor, rsvp: actions.give_back(actor=actor, rsvp=rsvp),
        "take": lambda actor, rsvp: actions.take_offer(actor=actor, rsvp=rsvp),
        "confirm": lambda actor, rsvp: actions.confirm(actor=actor, rsvp=rsvp),
        "again": lambda actor, rsvp: actions.come_again(actor=actor, rsvp=rsvp),
    }
    if said not in acts:
        raise NoSuchTicket()
    try:
        with all_or_nothing():
            acts[said](current_person(), rsvp)
    except Problem as refused:
        return _private(_ticket(rsvp_by_secret(secret), refused=str(refused))), refused.status
    flash(_done(said, rsvp.party), "good")
    return redirect(url_for("rsvps.ticket", secret=secret), 303)


@bp.get("/tickets/<secret>/calendar.ics")
@public
def calendar(secret: str) -> Response:
    """The event for the calendar of who comes."""
    rsvp = rsvp_by_secret(secret)
    if rsvp.status not in SEATED:
        raise NoSuchTicket()
    answer = _private(guest_file(rsvp))
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{rsvp.event.slug}.ics"'
    return answer


@bp.route("/tickets/<secret>/change", methods=["GET", "POST"])
@public
def change(secret: str) -> Response | tuple[Response, int]:
    """Another name, somebody more or fewer, other needs."""
    rsvp = rsvp_by_secret(secret)
    if rsvp.status in (RsvpStatus.CANCELLED, RsvpStatus.DECLINED) or not takes_guests(rsvp.event):
        return redirect(url_for("rsvps.ticket", secret=secret), 303)
    if request.method == "GET":
        return _private(_change(rsvp, ComingForm.of(rsvp)))
    typed = ComingForm()
    typed.offer(max(rsvp.event.most_party, rsvp.party))
    if not typed.validate():
        return _private(_change(rsvp, typed)), REFUSED
    try:
        with all_or_nothing():
            actions.change_coming(actor=current_person(), rsvp=rsvp, coming=typed.coming)
    except Problem as refused:
        again = rsvp_by_secret(secret)
        return _private(_change(again, typed, refused=str(refused))), refused.status
    flash(_("Kept."), "good")
    return redirect(url_for("rsvps.ticket", secret=secret), 303)


def _done(said: str, people: int) -> str:
    return {
        "give_back": _("Given back. Thank you for telling us."),
        "take": ngettext("The seat is yours. See you there.", "The seats are yours. See you there.", people),
        "confirm": _("See you there."),
        "again": _("You are on the list again."),
    }[said]


def _send_link(rsvp_id: int) -> None:
    try:
        spend_try(purpose="ticket link", subject=str(rsvp_id), limit=LINKS, per=A_DAY)
    except TooMany:
        return
    rsvp = rsvp_by_id(rsvp_id)
    assert rsvp is not None, "it was found a moment ago"
    mail.send_again(rsvp)


def _form(event: Event, typed: RsvpForm, *, refused: str = "") -> str:
    typed.offer(event.most_party)
    return render_template(
        "events/guests/rsvp.html",
        **values_of(event),
        form=typed,
        refused=refused,
        open=takes_guests(event),
        guest=request.args.get("guest", "")[:64],
    )


def _change(rsvp: Rsvp, typed: ComingForm, *, refused: str = "") -> str:
    typed.offer(max(rsvp.event.most_party, rsvp.party))
    return render_template("events/guests/change.html", rsvp=rsvp, form=typed, refused=refused)


def _ticket(rsvp: Rsvp, *, refused: str = "") -> str:
    event = rsvp.event
    place = place_in_line(rsvp) if rsvp.status == RsvpStatus.WAITLISTED else 0
    ahead = takes_guests(event)
    going = rsvp.status in SEATED and event.status != EventStatus.CANCELLED
    values: dict[str, Any] = {
        "place": place,
        "standing": standing_words(
            rsvp, host=event.editor.first_name, place=place, zone=event.time_zone, online=event.online
        ),
        "code": code_of(f"{current().base_url}/tickets/{rsvp.secret}") if going and not event.online else "",
        "join": joining_page(rsvp) if open_link(rsvp) else "",
        "opens_at": opens_at(event),
        "where": where_of(event),
        "going": going,
        "ahead": ahead,
        "called_off": event.status == EventStatus.CANCELLED,
        "over": event.ends_at <= clock.now(),
    }
    return render_template(
        "events/guests/ticket.html",
        rsvp=rsvp,
        event=event,
        when=when_of(event),
        # The file of an event by invitation is for who was invited.
        guest=rsvp.secret if event.visibility == Visibility.INVITED else None,
        refused=refused,
        **values,
    )


def _private(page: str | bytes) -> Response:
    """Kept by nobody on the way, and its secret address told to nobody."""
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

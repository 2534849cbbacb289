"""The evenings of one person: a room of their account, and the calendar under its secret address."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from events.feeds import queries
from events.feeds.actions import new_address
from events.feeds.errors import NoSuchCalendar
from events.feeds.showing import entries_of, lines_of
from foundation import clock, settings
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.calendars import calendar_file
from foundation.files.storage import outside_url
from foundation.i18n import address_in, reader_language

bp = Blueprint("evenings", __name__)

FEED_SECONDS = 900
# What took place stays in the calendar of whoever subscribed to it.
PAST = timedelta(days=365)


@bp.get("/account/evenings")
@signed_in
def mine() -> str:
    """Where one has a seat or waits for one, and the address of one's calendar."""
    account, now = current_account(), clock.now()
    assert account is not None
    rsvps = queries.evenings_of(account, now - PAST)
    secret = queries.secret_of(account.id)
    return render_template(
        "events/feeds/mine.html",
        ahead=lines_of([one for one in rsvps if one.event.ends_at > now]),
        past=lines_of([one for one in reversed(rsvps) if one.event.ends_at <= now]),
        # A calendar that asks says no language, so its address does.
        address=outside_url(address_in(url_for("evenings.calendar", secret=secret), reader_language()))
        if secret
        else None,
    )


@bp.post("/account/evenings/calendar")
@signed_in
def make_address() -> Answer:
    """An address for one's calendar, or another one."""
    account = current_account()
    assert account is not None
    new_address(actor=current_person(), account_id=account.id)
    flash(_("This is the address of your calendar. One you had before shows nothing any more."), "good")
    return redirect(url_for("evenings.mine"), 303)


@bp.get("/evenings/<secret>.ics")
@public
def calendar(secret: str) -> Answer:
    """Where its owner has a seat, in the language of the address, for a calendar that asks now and then."""
    owner = queries.owner_of(secret)
    if owner is None:
        raise NoSuchCalendar()
    name = _("My evenings at %(shop)s", shop=settings.current().shop_name)
    entries = entries_of(queries.evenings_of(owner, clock.now() - PAST))
    answer = Response(calendar_file(entries, name=name), content_type="text/calendar; charset=utf-8")
    answer.cache_control.private = True
    answer.cache_control.max_age = FEED_SECONDS
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag(weak=True)
    return answer.make_conditional(request)

"""Events for everybody. The page of an event asks 3 statements of a stranger, and what its slots ask."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event, Visibility
from events.pages import queries
from events.pages.calendars import file_of
from events.pages.cards import mark_of, picture_of
from events.pages.json_ld import event_data
from events.pages.ports import is_invited
from events.pages.showing import months_of, values_of
from foundation import clock
from foundation.accounts.guards import current_account, public
from foundation.accounts.permissions import Permission
from foundation.files.storage import outside_url
from foundation.i18n import PARAMETER, reader_language
from foundation.web.numbers import page_number, pages_of

bp = Blueprint("event_pages", __name__, url_prefix="/events")

CARD_SECONDS = 86_400
LONGEST_SECRET = 64


@bp.get("")
@public
def index() -> str:
    """The public events that are to come, of all stores or of one."""
    now = clock.now()
    ahead, wanted = queries.stores_ahead(now), request.args.get("store")
    stores = [(place, here) for place, here, _there in ahead if here]
    online = sum(there for _place, _here, there in ahead)
    everywhere = online + sum(here for _place, here in stores)
    chosen = next((place for place, _ in stores if place.slug == wanted), None)
    at_home = request.args.get("where") == "online" and online > 0
    total = online if at_home else dict(stores)[chosen] if chosen else everywhere
    pages = pages_of(total, queries.PAGE_SIZE)
    page = min(page_number(), pages)
    where = {"place_id": chosen.id, "online": False} if chosen else {"online": True} if at_home else {}
    events = queries.ahead(now, page=page, **where) if total else []
    return render_template(
        "events/pages/list.html",
        months=months_of(events),
        stores=stores,
        chosen=chosen,
        online=online,
        at_home=at_home,
        total=everywhere,
        page=page,
        pages=pages,
    )


@bp.get("/<slug>")
@public
def event(slug: str) -> str:
    """One event: when, where, with whom, what happens, what to expect."""
    found = visible(slug)
    values = values_of(found)
    cover = next((look["picture"]["src"] for look in values["looks"] if look["picture"]), None)
    made = mark_of(found, cover)
    path = url_for("event_pages.card", slug=slug, made=made)
    image = outside_url(f"{path}&{PARAMETER}={reader_language()}")
    listed = found.visibility == Visibility.PUBLIC and found.announced
    return render_template(
        "events/pages/event.html",
        **values,
        image=image,
        listed=listed,
        json_ld=event_data(
            found,
            outside_url(url_for("event_pages.event", slug=slug)),
            outside_url(url_for("window.window", handle=found.editor.handle)),
            image,
        )
        if listed
        else None,
    )


@bp.get("/<slug>/calendar.ics")
@public
def calendar(slug: str) -> Answer:
    """The event as a file for a calendar."""
    found = visible(slug)
    if not found.announced:
        raise NoSuchEvent()
    answer = Response(file_of(found), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return answer


@bp.get("/<slug>/card.jpg")
@public
def card(slug: str) -> Answer:
    """What networks show for the address of the event."""
    found = visible(slug)
    for_all = found.announced and found.visibility != Visibility.INVITED and PARAMETER in request.args
    answer = Response(picture_of(found), mimetype="image/jpeg")
    answer.cache_control.max_age = CARD_SECONDS
    # Whoever keeps answers for many keeps neither one's invitation nor one's language for another.
    if for_all:
        answer.cache_control.public = True
    else:
        answer.cache_control.private = True
    return answer


def visible(slug: str) -> Event:
    """The event of an address, if this reader may see it. Raises `NoSuchEvent`.

    What the store has not said yes to is for its host and staff. What is by invitation is for its guests,
    too; to everybody else it does not exist.
    """
    found = queries.event_page(slug)
    if found.announced and found.visibility != Visibility.INVITED:
        return found
    reader = current_account()
    if reader is not None and (
        reader.id == found.editor.account_id or Permission.EVENTS_VIEW in reader.permissions
    ):
        return found
    secret = request.args.get("guest", "")[:LONGEST_SECRET]
    if found.announced and is_invited(found.id, reader.id if reader else None, secret):
        return found
    raise NoSuchEvent()

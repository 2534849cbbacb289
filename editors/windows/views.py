"""The window of an editor: `/@handle`, its feed of looks, its calendar.

The page asks 12 statements at most, however many looks there are, and one more for a cover that hangs on
another page; each feed asks 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from editors.following.queries import is_following
from editors.gatherings.queries import front_of, gathering_page, gatherings_of, items_of
from editors.gatherings.showing import in_a_list, things_of
from editors.looks import card_queries, piece_queries
from editors.looks.cards import LookCard
from editors.looks.models import OCCASION_WORDS, Occasion
from editors.looks.pictures import card_values
from editors.membership.errors import NoSuchEditor
from editors.membership.models import Editor
from editors.membership.queries import editor_by_handle
from editors.windows.calendar import calendar_of
from editors.windows.feeds import feed_of
from editors.windows.queries import most_loved
from editors.windows.showing import collection_page, profile_page
from foundation import clock
from foundation.accounts.guards import current_account, public
from foundation.calendars import Entry
from foundation.web.numbers import page_number, pages_of
from foundation.web.slots import gather
from storefront.catalog.queries import products_by_ids

bp = Blueprint("window", __name__)

LOVED_WITHIN = timedelta(days=90)
# What took place stays in the calendar of whoever subscribed to it.
PAST_EVENINGS = timedelta(days=365)
FEED_SECONDS = 900
FEED_LOOKS = 24


@bp.get("/@<handle>", strict_slashes=False)
@public
def window(handle: str) -> Any:
    """Who somebody is and what they put together; nobody there once they left."""
    editor = found(handle)
    if request.path != f"/@{editor.handle}":
        return moved("window.window", editor)
    number = card_queries.window_count(editor.id)
    pages = pages_of(number, card_queries.PAGE_SIZE)
    page = min(page_number(), pages)
    front = front_of(editor.id)
    looks = card_queries.window_looks(editor.id, page, front.pins)
    account = current_account()
    loved = most_loved(editor.id, editor.account_id, clock.now() - LOVED_WITHIN)
    return render_template(
        "editors/windows/window.html",
        editor=editor,
        looks=[card_values(look) | {"by": OCCASION_WORDS[Occasion(look.occasion)]} for look in looks],
        cover=_cover(front.cover, looks) if page == 1 else None,
        number=number,
        page=page,
        pages=pages,
        gatherings=in_a_list(gatherings_of(editor.id)) if page == 1 else [],
        favourites=products_by_ids(loved or piece_queries.favourite_products(editor.id)),
        loved=bool(loved),
        loved_days=LOVED_WITHIN.days,
        mine=account is not None and account.id == editor.account_id,
        follows=account is not None and is_following(account.id, editor.id),
        events=_evenings(editor, clock.now()),
        json_ld=profile_page(editor, looks),
    )


@bp.get("/@<handle>/collections/<slug>", strict_slashes=False)
@public
def gathering(handle: str, slug: str) -> Any:
    """A collection of the editor; one that was taken down leads to the window it was in."""
    editor = found(handle)
    here = gathering_page(editor.id, slug)
    if here is None:
        return redirect(url_for("window.window", handle=editor.handle))
    if request.path != f"/@{editor.handle}/collections/{here.slug}":
        return moved("window.gathering", editor, slug=here.slug)
    things = things_of(items_of(here.id))
    return render_template(
        "editors/windows/gathering.html",
        editor=editor,
        gathering=here,
        things=things,
        json_ld=collection_page(editor, here, things),
    )


@bp.get("/@<handle>/looks.atom")
@public
def feed(handle: str) -> Any:
    """The newest looks as Atom, for whoever reads feeds."""
    editor = found(handle)
    if handle != editor.handle:
        return moved("window.feed", editor)
    looks = card_queries.window_looks(editor.id, 1)[:FEED_LOOKS]
    return _for_machines(feed_of(editor, looks), "application/atom+xml")


@bp.get("/@<handle>/events.ics")
@public
def calendar(handle: str) -> Any:
    """What they host in our stores, as a calendar one subscribes to."""
    editor = found(handle)
    if handle != editor.handle:
        return moved("window.calendar", editor)
    return _for_machines(calendar_of(editor, _evenings(editor, clock.now() - PAST_EVENINGS)), "text/calendar")


def _evenings(editor: Editor, since: datetime) -> list[Entry]:
    """What they host that ends after a moment, from whoever fills the place with a list of them."""
    return [one for some in gather("window.events", editor_id=editor.id, since=since) for one in some]


def found(handle: str) -> Editor:
    """The editor of a window that is on show; raises `NoSuchEditor`."""
    editor = editor_by_handle(handle)
    if editor is None or not editor.on_show:
        raise NoSuchEditor()
    return editor


def _cover(look_id: int | None, looks: Sequence[LookCard]) -> dict[str, Any] | None:
    """The look of the cover, while it is on show and has its picture; asked for where the page has it not."""
    if look_id is None:
        return None
    known = [look for look in looks if look.id == look_id] or card_queries.looks_by_ids([look_id])
    shown = card_values(known[0]) if known else {}
    return shown if shown.get("picture") else None


def moved(endpoint: str, editor: Editor, **values: Any) -> Answer:
    """To where it is now, with the question of the address: other capitals, a slash, a former handle."""
    asked = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    return redirect(url_for(endpoint, handle=editor.handle, **values) + asked, code=301)


def _for_machines(text: str | bytes, kind: str) -> Answer:
    """With its own mark, so that a reader who asks every hour is told in a line that nothing changed."""
    answer = Response(text, mimetype=kind, content_type=f"{kind}; charset=utf-8")
    answer.cache_control.public = True
    answer.cache_control.max_age = FEED_SECONDS
    answer.add_etag(weak=True)
    return answer.make_conditional(request)

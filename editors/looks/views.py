"""Looks for everybody: the list by occasion, one look, and the whole look into the bag."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.looks import card_queries, errors, queries
from editors.looks.filtering import address_of, choices_of, filters_of, occasions_of, title_of
from editors.looks.page import buying
from editors.looks.page.parts import page_of, parts_of, rendered, rows_of_look
from editors.looks.page.state import LookState, look_state
from editors.looks.pictures import card_values
from editors.looks.words import look_name, refusal_sentence
from foundation.accounts.guards import current_account, current_person, public
from foundation.web.fields import REFUSED
from foundation.web.kept import KeptPages, is_stranger
from foundation.web.numbers import page_number, pages_of
from foundation.web.visits import begin_visit
from storefront.cart.actions import add_pieces
from storefront.cart.counter import remember
from storefront.cart.policy import Origin
from storefront.usual.remembering import kept_sizes, remember_sizes

KEPT_PAGES = 300
_kept = KeptPages(KEPT_PAGES)

bp = Blueprint("looks", __name__)


@bp.get("/looks")
@public
def look_list() -> str:
    """Looks on show, newest first, by occasion, season and style as far as they are chosen."""
    filters = filters_of(request.args)
    counts = card_queries.look_counts(filters)
    total = sum(counts["all"].values())
    pages = pages_of(total, card_queries.PAGE_SIZE)
    page = min(page_number(), pages)
    return render_template(
        "editors/looks/list.html",
        looks=[card_values(one) for one in card_queries.look_list(filters, page)],
        title=title_of(filters),
        occasions=occasions_of(filters, counts["occasion"]),
        choices=choices_of(filters, counts),
        total=total,
        page=page,
        pages=pages,
        page_of=lambda number: address_of(filters, page=number),
    )


@bp.get("/looks/<slug>")
@public
def look(slug: str) -> str | Response:
    """One look. For a stranger the whole page is kept; for others its parts, which are everybody's."""
    state = look_state(slug)
    if state is None:
        raise errors.NoSuchLook()
    if is_stranger():
        return _kept.answer(state.key, lambda: _page(state))
    return _page(state)


@bp.post("/looks/<slug>/bag")
@public
def bag(slug: str) -> Any:
    """Put what is chosen of the look into the bag, each piece in its size; what is wrong or gone is named.

    Without a script the total does not follow what is chosen: its own button asks for it.
    """
    state, found = look_state(slug), queries.look_page(slug)
    if state is None or found is None:
        raise errors.NoSuchLook()
    rows = rows_of_look(found, kept_sizes())
    counting = request.form.get("do") == "count"
    chosen = buying.read_choices(rows, request.form, counting=counting)
    wrong = None
    if not (chosen or counting or any(row.wrong for row in rows)):
        wrong = gettext("Nothing is chosen. Set at least one piece to 1.")
    if wrong or any(row.wrong for row in rows):
        return page_of(rendered(found, rows, state, wrong)), REFUSED
    if counting:
        return page_of(rendered(found, rows, state))
    account = current_account()
    added = add_pieces(
        actor=current_person(),
        visit=begin_visit(),
        account_id=account.id if account else None,
        choices=chosen,
        origin=Origin("look", found.slug, found.title, found.title_it),
    )
    remember(added.count)
    remember_sizes(buying.sizes_chosen(rows))
    for refused in added.refused:
        flash(refusal_sentence(refused), "warn")
    if len(added.refused) == len(chosen):
        return page_of(rendered(found, rows_of_look(found, kept_sizes()), state)), 409
    flash(gettext("%(look)s is in your bag.", look=look_name(found)), "good")
    return redirect("/cart", code=303)


@bp.get("/looks/<slug>/bag")
@public
def bag_again(slug: str) -> Response:
    """The answer of the form has its own address: asked for again, it is the look."""
    return redirect(url_for("looks.look", slug=slug))


def _page(state: LookState) -> str:
    parts = parts_of(state, kept_sizes())
    if parts is None:
        raise errors.NoSuchLook()
    return page_of(parts)

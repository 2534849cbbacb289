"""Looks for everybody: the list by occasion, one look, and the whole look into the bag."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext

from editors.looks import buying, errors, queries
from editors.looks.models import OCCASION_WORDS, Look, Occasion
from editors.looks.page import look_page_of, rows_of_look
from editors.looks.pictures import card_values
from editors.looks.words import look_name, refusal_sentence
from foundation.accounts.guards import current_account, current_person, public
from foundation.web.fields import REFUSED
from foundation.web.numbers import page_number, pages_of
from foundation.web.visits import begin_visit
from storefront.cart.actions import add_pieces
from storefront.cart.policy import Origin

bp = Blueprint("looks", __name__)


@bp.get("/looks")
@public
def look_list() -> str:
    """Looks on show, newest first, by occasion if one is chosen."""
    chosen = request.args.get("for", "")
    occasion = Occasion(chosen) if chosen in set(Occasion) else None
    counts = queries.occasion_counts()
    total = counts.get(occasion, 0) if occasion else sum(counts.values())
    pages = pages_of(total, queries.PAGE_SIZE)
    page = min(page_number(), pages)
    return render_template(
        "editors/looks/list.html",
        looks=[card_values(one) for one in queries.look_list(occasion, page)],
        occasion=occasion,
        words=OCCASION_WORDS,
        counts=counts,
        total=total,
        page=page,
        pages=pages,
    )


@bp.get("/looks/<slug>")
@public
def look(slug: str) -> str:
    found = _found(slug)
    return look_page_of(found, rows_of_look(found))


@bp.post("/looks/<slug>/bag")
@public
def bag(slug: str) -> Any:
    """Put the whole look into the bag, each piece in its size; what is wrong or gone is named."""
    found = _found(slug)
    rows = rows_of_look(found)
    chosen = buying.read_choices(rows, request.form)
    if any(row.wrong for row in rows):
        return look_page_of(found, rows), REFUSED
    if not chosen:
        return look_page_of(
            found, rows, wrong=gettext("Nothing is chosen. Set at least one piece to 1.")
        ), REFUSED
    account = current_account()
    added = add_pieces(
        actor=current_person(),
        visit=begin_visit(),
        account_id=account.id if account else None,
        choices=chosen,
        origin=Origin("look", found.slug, found.title, found.title_it),
    )
    for refused in added.refused:
        flash(refusal_sentence(refused), "warn")
    if len(added.refused) == len(chosen):
        return look_page_of(found, rows_of_look(found)), 409
    flash(gettext("%(look)s is in your bag.", look=look_name(found)), "good")
    return redirect("/cart", code=303)


def _found(slug: str) -> Look:
    look = queries.look_page(slug)
    if look is None:
        raise errors.NoSuchLook()
    return look

"""Looks for everybody: the list by occasion, one look, and the whole look into the bag."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from editors.looks import buying, errors, queries
from editors.looks.json_ld import item_list
from editors.looks.models import OCCASION_WORDS, Look, Occasion
from editors.looks.pictures import card_values, page_values, spots_of
from editors.looks.words import look_name, look_story, refusal_sentence
from foundation.accounts.guards import current_account, current_person, public
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.numbers import page_number, pages_of
from foundation.web.visits import begin_visit
from storefront.cart.actions import add_pieces
from storefront.cart.policy import Origin
from storefront.stock.queries import available

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
    return _page(found, _rows(found))


@bp.post("/looks/<slug>/bag")
@public
def bag(slug: str) -> Any:
    """Put the whole look into the bag, each piece in its size; what is wrong or gone is named."""
    found = _found(slug)
    rows = _rows(found)
    chosen = buying.read_choices(rows, request.form)
    if any(row.wrong for row in rows):
        return _page(found, rows), REFUSED
    if not chosen:
        return _page(found, rows, wrong=gettext("Nothing is chosen. Set at least one piece to 1.")), REFUSED
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
        return _page(found, _rows(found)), 409
    flash(gettext("%(look)s is in your bag.", look=look_name(found)), "good")
    return redirect("/cart", code=303)


def _found(slug: str) -> Look:
    look = queries.look_page(slug)
    if look is None:
        raise errors.NoSuchLook()
    return look


def _rows(look: Look) -> list[buying.PieceRow]:
    ids = [variant.id for piece in look.pieces for variant in piece.product.variants]
    return buying.rows_of(look.pieces, available(ids))


def _page(look: Look, rows: list[buying.PieceRow], wrong: str | None = None) -> str:
    currency = rows[0].product.currency if rows else current().currency
    title = look_name(look)
    base_url = current().base_url
    return render_template(
        "editors/looks/look.html",
        look=look,
        title=title,
        story=look_story(look),
        rows=rows,
        wrong=wrong,
        wrongs=[(f"piece-{row.number}", row.product.name, row.wrong) for row in rows if row.wrong],
        first_wrong=next((row.number for row in rows if row.wrong), None),
        total=buying.total_of(rows, currency),
        count=buying.count_of(rows),
        shown=page_values(look),
        spots=spots_of(look.pieces, [row.spoken for row in rows]),
        more=[card_values(other) for other in queries.more_like(look)],
        occasion=OCCASION_WORDS[Occasion(look.occasion)],
        json_ld=item_list(title, base_url + url_for("looks.look", slug=look.slug), base_url, rows),
        base_url=base_url,
    )

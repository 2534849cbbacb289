from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_person, public
from foundation.web.numbers import LARGEST, sent_number
from foundation.web.redirects import own_path
from foundation.web.visits import begin_visit
from storefront.catalog.cards import listed_card
from storefront.catalog.errors import ProductNotFound
from storefront.wishes import actions
from storefront.wishes.hearts import heart, owner, remember
from storefront.wishes.queries import SEEN, products_seen, wish_list

bp = Blueprint("wishes", __name__, url_prefix="/wishes")


@bp.get("")
@public
def show() -> str:
    """The list, the latest wish first."""
    rows = wish_list(*owner())
    remember(len(rows))  # another device of the same account may have added to it
    return render_template("storefront/wishes/wishes.html", cards=[listed_card(row) for row in rows])


@bp.post("/add")
@public
def add() -> Response | str:
    """Keep a product in mind."""
    visit, account_id = owner()
    product_id = _product_id()
    count = actions.add_wish(
        actor=current_person(),
        visit=visit or begin_visit(),
        account_id=account_id,
        product_id=product_id,
    )
    remember(count)
    return _answer(product_id, _("On your wish list."))


@bp.post("/remove")
@public
def remove() -> Response | str:
    """Let it go."""
    visit, account_id = owner()
    product_id = _product_id()
    remember(
        actions.remove_wish(actor=current_person(), visit=visit, account_id=account_id, product_id=product_id)
    )
    return _answer(product_id, _("Off your wish list."))


@bp.get("/seen")
@public
def seen() -> str:
    """Part of a page: the products this browser tab says it looked at. They are kept nowhere else."""
    asked = (int(part) for part in request.args.get("of", "")[:200].split(",") if part.isdecimal())
    ids = list(dict.fromkeys(number for number in asked if 0 < number <= LARGEST))[:SEEN]
    return render_template(
        "storefront/wishes/_seen.html", cards=[listed_card(row) for row in products_seen(ids)]
    )


def _product_id() -> int:
    number = sent_number("product_id")
    if number is None:
        raise ProductNotFound()
    return number


def _answer(product_id: int, sentence: str) -> Response | str:
    """The other heart for htmx; for a form the page it came from, with a sentence."""
    if request.headers.get("HX-Request"):
        return heart(product_id=product_id, title=request.form.get("title", "")[:255])
    flash(sentence, "good")
    return redirect(own_path(request.form.get("next", url_for("wishes.show")), request.host), 303)

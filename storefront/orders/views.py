from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public
from foundation.accounts.models import Account
from foundation.money import Money
from foundation.settings import current
from foundation.web import slots
from foundation.web.numbers import page_number
from foundation.web.papers import paper_of
from foundation.web.visits import begin_visit
from storefront.cart.actions import Why, add_pieces
from storefront.cart.counter import remember
from storefront.cart.policy import MOST_OF_ONE, Choice
from storefront.cart.views import refusal_sentence
from storefront.catalog.naming import piece_name
from storefront.orders.actions import wanted_of
from storefront.orders.errors import NotPaidYet
from storefront.orders.models import Order, OrderStatus
from storefront.orders.owned import orders_of
from storefront.orders.ports import way
from storefront.orders.queries import order_by_token
from storefront.orders.receipt import as_pdf
from storefront.orders.showing import (
    country_of,
    end_of,
    given_back,
    lines_of,
    refunds_of,
    store_of,
    story_of,
    sums_of,
    way_of,
    with_pictures,
)
from storefront.orders.standing import is_coming, state_of
from storefront.orders.taxes import parts_of, tax_rows

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.get("/<token>")
@public
def show(token: str) -> Response:
    """One order, for whoever holds its secret address: kept by nobody on the way, found by no search."""
    order = order_by_token(token)
    step, store = way().steps_of([order.id]).get(order.id), store_of(order)
    lines = with_pictures(lines_of(order))
    values: dict[str, Any] = {
        "order": order,
        "state": state_of(order, step),
        "lines": lines,
        "country": country_of(order),
        "refunds": refunds_of(order),
        "story": story_of(order, chain.from_iterable(slots.gather("order.story", order=order))),
        "sums": sums_of(order),
        "taxes": tax_rows(parts_of(order, order.lines), order.currency),
        "end": end_of(order, _besides(order)),
        "again": order.settled
        and order.status != OrderStatus.NEEDS_REVIEW
        and any(line["href"] for line in lines),
        "way": way_of(order, store, coming=is_coming(order, step)),
        "store": store,
    }
    return _private(make_response(render_template("storefront/orders/order.html", **values)))


@bp.get("/<token>/receipt.pdf")
@public
def receipt(token: str) -> Response:
    """The receipt to keep or to print; raises `NotPaidYet`."""
    order = order_by_token(token)
    if order.paid_at is None:
        raise NotPaidYet()
    return _private(
        paper_of(as_pdf(order, current().shop_name, end_of(order, _besides(order))), order.number)
    )


@bp.post("/<token>/again")
@public
def again(token: str) -> Response:
    """Put the same pieces into the bag of whoever asks; what is gone or sold out is named."""
    order, account = order_by_token(token), current_account()
    names = {line.variant_id: piece_name(line) for line in order.lines}
    wanted = wanted_of(order.lines)
    added = add_pieces(
        actor=current_person(),
        visit=begin_visit(),
        account_id=account.id if account else None,
        choices=[Choice(variant_id, min(many, MOST_OF_ONE)) for variant_id, many in wanted.items()],
    )
    remember(added.count)
    for refused in added.refused:
        gone = _("%(piece)s is no longer in the shop.", piece=names[refused.variant_id])
        flash(gone if refused.why == Why.GONE else refusal_sentence(refused), "warn")
    return redirect(url_for("cart.show"), code=303)


def account_orders(account: Account) -> str:
    """What somebody ordered while signed in, on the page of their account."""
    found = orders_of(account.id, page_number())
    steps = way().steps_of(order.id for order in found.rows)
    lines = {order.id: lines_of(order) for order in found.rows}
    with_pictures([line for of_one in lines.values() for line in of_one])
    return render_template(
        "storefront/orders/account_orders.html",
        rows=[
            {
                "order": order,
                "state": state_of(order, steps.get(order.id)),
                "lines": lines[order.id],
                "back": _part_back(order),
            }
            for order in found.rows
        ],
        page=found.page,
        pages=found.pages,
    )


def _part_back(order: Order) -> Money | None:
    """What was given back of an order that otherwise stands."""
    back = given_back(order)
    return Money(back, order.currency) if 0 < back < order.captured_minor else None


def _besides(order: Order) -> list[tuple[str, int]]:
    """What was paid beside the order, as those above know it: in words, and in minor units."""
    return [*chain.from_iterable(slots.gather("order.besides", order=order))]


def _private(response: Response) -> Response:
    """Kept by nobody on the way, and its secret address told to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from foundation.accounts.guards import public
from foundation.accounts.models import Account
from foundation.money import Money
from foundation.web import slots
from foundation.web.numbers import page_number
from storefront.orders.models import Order
from storefront.orders.owned import orders_of
from storefront.orders.ports import way
from storefront.orders.queries import order_by_token
from storefront.orders.showing import (
    country_of,
    given_back,
    lines_of,
    refunds_of,
    store_of,
    story_of,
    sums_of,
    way_of,
    with_pictures,
)
from storefront.orders.standing import state_of
from storefront.orders.taxes import parts_of, tax_rows

bp = Blueprint("orders", __name__, url_prefix="/orders")


@bp.get("/<token>")
@public
def show(token: str) -> Response:
    """One order, for whoever holds its secret address: kept by nobody on the way, found by no search."""
    order = order_by_token(token)
    store = store_of(order)
    values: dict[str, Any] = {
        "order": order,
        "state": state_of(order, way().steps_of([order.id]).get(order.id)),
        "lines": with_pictures(lines_of(order)),
        "country": country_of(order),
        "refunds": refunds_of(order),
        "story": story_of(order, chain.from_iterable(slots.gather("order.story", order=order))),
        "sums": sums_of(order),
        "taxes": tax_rows(parts_of(order, order.lines), order.currency),
        "way": way_of(order, store),
        "store": store,
    }
    response = make_response(render_template("storefront/orders/order.html", **values))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


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

from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from foundation.accounts.guards import public
from foundation.accounts.models import Account
from foundation.web import slots
from storefront.orders.ports import way
from storefront.orders.queries import order_by_token, orders_of
from storefront.orders.showing import (
    country_of,
    lines_of,
    refunds_of,
    state_of,
    store_of,
    story_of,
    sums_of,
    way_of,
    with_pictures,
)
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
        "state": state_of(order, bool(way().off_among([order.id]))),
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
    orders = orders_of(account.id)
    off = way().off_among(order.id for order in orders)
    rows = [
        (order, state_of(order, order.id in off), sum(line.quantity for line in order.lines))
        for order in orders
    ]
    return render_template("storefront/orders/account_orders.html", rows=rows)

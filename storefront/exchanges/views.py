from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import payments
from foundation.accounts.guards import public
from foundation.db import in_steps, unit_of_work
from storefront.exchanges.errors import ExchangeUnknown, NothingToPay
from storefront.exchanges.models import Exchange
from storefront.exchanges.queries import exchange_by_number
from storefront.exchanges.steps import look_again, open_page
from storefront.orders.queries import order_by_token

bp = Blueprint("exchanges", __name__, url_prefix="/orders/<token>/exchange/<number>")


@bp.post("/pay")
@public
@in_steps
def pay(token: str, number: str) -> Response:
    """To the page on which the difference is paid."""
    one = _found(token, number)
    try:
        return redirect(open_page(one.id), code=303)
    except NothingToPay as problem:
        flash(str(problem), "warn")
    except payments.PaymentsProblem:
        flash(_("The payment page could not be opened. Nothing was charged; please try again."), "bad")
    return redirect(url_for("orders.show", token=token), code=303)


@bp.get("/paid")
@public
@in_steps
def paid(token: str, number: str) -> Response:
    """Back from the page, paid or not: Stripe says which."""
    one = _found(token, number)
    if one.checkout_session_id is not None and not one.paid_minor:
        try:
            look_again(one.checkout_session_id)
        except payments.PaymentsProblem:
            flash(_("We could not see yet whether you paid. Your order shows it as soon as we know."), "warn")
    return redirect(url_for("orders.show", token=token, _anchor="exchanges"), code=303)


def _found(token: str, number: str) -> Exchange:
    """The exchange, when it belongs to this order."""
    with unit_of_work():
        order, one = order_by_token(token), exchange_by_number(number)
        if one.order_id != order.id:
            raise ExchangeUnknown()
        return one

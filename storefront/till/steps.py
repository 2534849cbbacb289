"""The network between two transactions: a payment page for the customer's phone, and calling it off."""

from __future__ import annotations

from foundation import payments
from foundation.actors import Actor
from foundation.db import unit_of_work
from foundation.errors import Problem
from storefront.checkout import steps as checkout
from storefront.checkout.errors import AlreadyPaid
from storefront.orders import actions as orders
from storefront.orders.queries import OpenOrder
from storefront.places.models import Place
from storefront.till import selling
from storefront.till.errors import BasketChanged
from storefront.till.queries import basket_by_token


def open_page(
    *, actor: Actor, place: Place, token: str, key: str, seen: str, without_limit: bool = False
) -> None:
    """Order, and open the payment page whose address the till shows.

    Raises what the basket refuses, `SoldOut`, `VoucherRefused`, or a `PaymentsProblem`: the basket is open
    again then, and nothing was charged. A process that dies in between leaves a basket that is being paid:
    the same button goes on from there, or it is called off.
    """
    with unit_of_work():
        values = selling.begin_card(
            actor=actor, place=place, token=token, key=key, seen=seen, without_limit=without_limit
        )
    try:
        page = checkout.begin(
            form_key=key,
            visit=values["visit_id"],
            account_id=None,
            place=lambda: orders.place(**values),
        )
    except AlreadyPaid:
        return
    except (Problem, payments.PaymentsProblem):
        with unit_of_work():
            selling.take_back(actor=actor, token=token, key=key)
        raise
    with unit_of_work():
        # A basket that comes to nothing was refused before, so there is a page.
        kept = selling.keep_page(token=token, key=key, order_id=page.order_id, url=page.url or "")
    if not kept:
        call_off_page(token, key)
        raise BasketChanged()


def call_off(*, actor: Actor, token: str, key: str) -> None:
    """Close the payment page at Stripe, then the basket can be paid in another way.

    Raises `AlreadyPaid` when the customer was faster, or a `PaymentsProblem`: nothing has changed then.
    """
    call_off_page(token, key)
    with unit_of_work():
        selling.take_back(actor=actor, token=token, key=key)


def call_off_page(token: str, key: str) -> None:
    """End the order of a way of paying; Stripe says whether anybody can still pay it."""
    with unit_of_work():
        order = selling.order_of_key(key)
    if order is None or selling.ended_unpaid(order):
        return
    if order.settled:
        raise AlreadyPaid(order.token)
    checkout.close(
        OpenOrder(order.id, order.form_key, order.token, order.checkout_session_id, str(order.status))
    )


def look_again(token: str) -> None:
    """Read the payment page at Stripe: what it says is what counts."""
    with unit_of_work():
        basket = basket_by_token(token)
        order = selling.order_of_key(basket.key)
    if order is not None and not order.settled and order.checkout_session_id is not None:
        checkout.look_again(order.checkout_session_id)

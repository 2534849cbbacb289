"""The network between two transactions: from a placed order to its payment page, and back.

Placing is one transaction; Stripe is asked outside of any; what it answered is kept by a second one. A
process that dies anywhere in between leaves an order with its whole request stored: pressing the button
again, or the job that runs every minute, goes on from there with the same key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation import payments
from foundation.actors import Actor
from foundation.db import leave_transaction, past_the_session, swift_unit_of_work, unit_of_work
from foundation.money import Money
from foundation.states import IllegalMove
from storefront.checkout.errors import AlreadyPaid, MovedOn
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.models import Order, OrderStatus
from storefront.orders.queries import OpenOrder, open_orders, order_by_form_key, order_by_id

HOUSE = Actor.system("checkout")
# Somebody who presses twice waits this long for the first press to come back, then asks with the same key.
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Page:
    """Where the shopper pays; without a `url` there was nothing to pay, and the order stands."""

    order_id: int
    token: str
    url: str | None


def begin(
    *,
    form_key: str,
    visit: str | None,
    account_id: int | None,
    place: Callable[[], orders.Placed | None],
) -> Page:
    """Order and open the payment page. `place` reads the bag and writes the order, in one transaction.

    Another order of the same shopper that still waits for payment is closed first, so that nobody competes
    with themselves for the last piece. Raises `SoldOut`, `AlreadyPaid`, `MovedOn`, a `PaymentsProblem`, or
    whatever `place` does; after each of them nothing is promised and the bag is as it was.
    """
    with swift_unit_of_work():
        placed = place()
    if placed is None:
        with unit_of_work():
            before = order_by_form_key(form_key)
            waiting = open_orders(visit=visit, account_id=account_id)
        if before is not None:
            return _resume(before.id)
        for order in waiting:
            close(order)
        with swift_unit_of_work():
            placed = place()
    if placed is None:
        raise MovedOn()
    if not placed.request["amount_minor"]:
        return _take_nothing(placed.order_id, placed.token)
    try:
        session = start(placed.request, placed.key)
    except payments.PaymentsProblem:
        with unit_of_work():
            paying.abandon(actor=HOUSE, order_id=placed.order_id)
        raise
    return _keep(placed.order_id, placed.token, session)


def start(request: Mapping[str, Any], key: str) -> payments.CheckoutSession:
    """Ask Stripe for the payment page of a stored request; the same request and key give the same page."""
    currency = request["currency"]
    return payments.start_checkout(
        order_ref=request["order_ref"],
        amount=Money(request["amount_minor"], currency),
        lines=[
            payments.CheckoutLine(
                name=line["name"],
                unit=Money(line["unit_minor"], currency),
                quantity=line["quantity"],
                description=line["description"],
            )
            for line in request["lines"]
        ],
        email=request["email"],
        success_url=request["success_url"],
        cancel_url=request["cancel_url"],
        expires_at=datetime.fromisoformat(request["expires_at"]),
        idempotency_key=key,
        metadata=request["metadata"],
        locale=request["locale"],
    )


def look_again(session_id: str, *, ended: OrderStatus = OrderStatus.EXPIRED) -> Order | None:
    """Read a payment page at Stripe and bring its order up to it; None when it is none of ours."""
    leave_transaction()
    session = payments.fetch_session(session_id=session_id)
    with unit_of_work():
        return paying.sync_checkout(actor=HOUSE, session=session, ended=ended)


def as_it_is(order: Order) -> Order:
    """An order by what Stripe says now, where it waits for its payment page; `PaymentsUnreachable`."""
    if order.status != OrderStatus.AWAITING_PAYMENT or order.checkout_session_id is None:
        return order
    return look_again(order.checkout_session_id) or order


def settle(order_id: int) -> None:
    """Find out what became of an order whose time is over, or that nobody went on with."""
    with unit_of_work():
        order = order_by_id(order_id)
        if order.settled:
            return
        request, key, session_id = order.checkout_request, order.checkout_key, order.checkout_session_id
        if order.costs_nothing:
            paying.take_nothing(actor=HOUSE, order_id=order_id)
            return
    if session_id is not None:
        look_again(session_id)
        return
    try:
        session = start(request, key)
    except payments.PaymentsProblem as problem:
        if not problem.definite:
            raise
        with unit_of_work():
            paying.abandon(actor=HOUSE, order_id=order_id)
        return
    # The page was never shown to anybody: it is closed, and what it says then is what counts.
    session = payments.cancel_checkout(session_id=session.id)
    with unit_of_work():
        paying.sync_checkout(actor=HOUSE, session=session, ended=OrderStatus.CANCELLED)


def close(order: OpenOrder) -> None:
    """End an order that waits for payment; its pieces are free once Stripe says that nobody can pay it."""
    if order.session_id is None:
        with unit_of_work():
            paying.abandon(actor=HOUSE, order_id=order.order_id)
        return
    session = payments.cancel_checkout(session_id=order.session_id)
    with unit_of_work():
        paying.sync_checkout(actor=HOUSE, session=session, ended=OrderStatus.CANCELLED)
    if session.paid or session.processing:
        raise AlreadyPaid(order.token)


def _resume(order_id: int) -> Page:
    """The button was pressed twice: lead to the page the first press has opened, or is about to."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        with unit_of_work():
            order = order_by_id(order_id)
        if order.settled and order.status != OrderStatus.PAID:
            raise MovedOn()
        if order.costs_nothing:
            return _take_nothing(order.id, order.token)
        if order.checkout_session_id is not None or time.monotonic() > patience:
            break
        time.sleep(PAUSE_SECONDS)
    if order.checkout_session_id is None:
        return _keep(order.id, order.token, start(order.checkout_request, order.checkout_key))
    session = payments.fetch_session(session_id=order.checkout_session_id)
    with unit_of_work():
        paying.sync_checkout(actor=HOUSE, session=session)
    if session.paid or session.processing:
        raise AlreadyPaid(order.token)
    if session.url is None:
        raise MovedOn()
    return Page(order.id, order.token, session.url)


def _take_nothing(order_id: int, token: str) -> Page:
    """Nothing is to be paid: the order is paid now, by whichever press or job comes first."""
    try:
        with unit_of_work():
            paying.take_nothing(actor=HOUSE, order_id=order_id)
    except IllegalMove as ended:
        raise MovedOn() from ended
    return Page(order_id, token, None)


def _keep(order_id: int, token: str, session: payments.CheckoutSession) -> Page:
    """Store the page's name. An order that ended in the meantime closes its page again."""
    with past_the_session() as connection:
        kept = orders.store_session(order_id=order_id, session_id=session.id, connection=connection)
    if not kept:
        with unit_of_work():
            kept = order_by_id(order_id).checkout_session_id == session.id
    if not kept or session.url is None:
        payments.cancel_checkout(session_id=session.id)
        raise MovedOn()
    return Page(order_id, token, session.url)

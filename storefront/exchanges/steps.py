"""The network between two transactions: to the payment page of a difference, and back."""

from __future__ import annotations

from foundation import payments
from foundation.actors import Actor
from foundation.db import leave_transaction, unit_of_work
from storefront.exchanges import paying
from storefront.exchanges.errors import NothingToPay

HOUSE = Actor.system("exchanges")


def open_page(exchange_id: int) -> str:
    """The address of the payment page; pressed twice, it is the same page.

    Raises `NothingToPay`, or a `PaymentsProblem`.
    """
    with unit_of_work():
        asked = paying.request_of(exchange_id)
    session = payments.start_checkout(
        order_ref=asked["order_ref"],
        amount=asked["amount"],
        lines=[payments.CheckoutLine(name=asked["name"], unit=asked["amount"])],
        email=asked["email"],
        success_url=asked["success_url"],
        cancel_url=asked["cancel_url"],
        expires_at=asked["expires_at"],
        idempotency_key=asked["idempotency_key"],
        metadata=asked["metadata"],
        locale=asked["locale"],
    )
    with unit_of_work():
        paying.store_page(exchange_id=exchange_id, session=session)
    if session.url is None:
        look_again(session.id)
        raise NothingToPay()
    return session.url


def look_again(session_id: str) -> None:
    """Read the page at Stripe and bring its exchange up to it."""
    leave_transaction()
    session = payments.fetch_session(session_id=session_id)
    with unit_of_work():
        paying.sync_page(actor=HOUSE, session=session)


def give_up(exchange_id: int, session_id: str | None) -> None:
    """The time to pay is over: what the page says counts, and nobody can pay it any more."""
    if session_id is None:
        with unit_of_work():
            paying.give_up(actor=HOUSE, exchange_id=exchange_id)
        return
    session = payments.cancel_checkout(session_id=session_id)
    with unit_of_work():
        paying.sync_page(actor=HOUSE, session=session)

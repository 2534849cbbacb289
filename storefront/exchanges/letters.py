"""What the shopper is written about an exchange, at each step."""

from __future__ import annotations

from typing import Any

from foundation.mail.actions import post
from foundation.money import Money
from storefront.catalog.naming import piece_name
from storefront.exchanges.models import Exchange
from storefront.orders.models import Order

FOLDER = "storefront/exchanges/mail"


def asked(order: Order, one: Exchange) -> None:
    """The new piece is kept; what costs more waits for its difference, and says where it is paid."""
    _post("asked", order, one)


def paid(order: Order, one: Exchange) -> None:
    """The difference arrived."""
    _post("paid", order, one)


def approved(order: Order, one: Exchange) -> None:
    """The old piece was accepted, the new one is packed."""
    _post("approved", order, one)


def sent(order: Order, one: Exchange, carrier: str, follow: str) -> None:
    """It is on its way, or lies ready, and where it can be followed."""
    _post("sent", order, one, carrier=carrier, follow=follow)


def off(order: Order, one: Exchange) -> None:
    """Nothing is exchanged: why, and what happens with the money."""
    _post("off", order, one)


def _post(name: str, order: Order, one: Exchange, **more: Any) -> None:
    if not order.email:
        return
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/{name}.txt",
        order=order,
        exchange=one,
        piece=piece_name(one, order.language),
        amount=Money(abs(one.difference_minor), one.currency),
        **more,
    )

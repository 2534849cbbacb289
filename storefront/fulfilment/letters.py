"""What the shopper is written on the way. The letter on arrival is the order's own."""

from __future__ import annotations

from foundation.mail.actions import post
from foundation.money import Money
from storefront.fulfilment.carriers import Carrier
from storefront.orders.models import Order

FOLDER = "storefront/fulfilment/mail"


def picking(order: Order) -> None:
    """Somebody is getting the pieces together."""
    post(to=order.email, language=order.language, template=f"{FOLDER}/picking.txt", order=order)


def sent(order: Order, carrier: Carrier | None, tracking: str) -> None:
    """The parcel is on its way, with whom, and where it can be followed."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/sent.txt",
        order=order,
        carrier=carrier.name if carrier else "",
        tracking=tracking,
        follow=carrier.link(tracking) if carrier else "",
    )


def ready(order: Order) -> None:
    """Everything lies ready in the store."""
    post(to=order.email, language=order.language, template=f"{FOLDER}/ready.txt", order=order)


def cancelled(order: Order, amount: Money) -> None:
    """The order was called off, and what was still paid of it goes back."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/cancelled.txt",
        order=order,
        amount=amount,
    )

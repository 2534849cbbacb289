"""What the shopper is written about a return. That money went back is the refund's own letter."""

from __future__ import annotations

from foundation.mail.actions import post
from storefront.orders.models import Order
from storefront.sendbacks.models import Sendback

FOLDER = "storefront/sendbacks/mail"


def asked(order: Order, back: Sendback) -> None:
    """How the pieces come to us, and where the label is."""
    _post("asked", order, back)


def received(order: Order, back: Sendback) -> None:
    """They are here, and somebody looks at them."""
    _post("received", order, back)


def refused(order: Order, back: Sendback) -> None:
    """Nothing is given back, and why."""
    _post("refused", order, back)


def _post(name: str, order: Order, back: Sendback) -> None:
    if not order.email:
        return
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/{name}.txt",
        order=order,
        number=back.number,
        by_post=back.way == "ship",
        why=back.reply,
    )

"""What the shopper is written about a return. That money went back is the refund's own letter."""

from __future__ import annotations

from foundation.mail.actions import post
from storefront.orders.models import Order
from storefront.sendbacks.models import Sendback

FOLDER = "storefront/sendbacks/mail"


def asked(order: Order, back: Sendback, *, ours: bool) -> None:
    """How the pieces come to us, where the label is, and who pays for the parcel: `ours`, if we do."""
    _post("asked", order, back, ours=ours)


def received(order: Order, back: Sendback) -> None:
    """They are here, and somebody looks at them."""
    _post("received", order, back)


def refused(order: Order, back: Sendback) -> None:
    """Nothing is given back, and why."""
    _post("refused", order, back)


def _post(name: str, order: Order, back: Sendback, *, ours: bool = False) -> None:
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
        ours=ours,
    )

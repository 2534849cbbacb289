from __future__ import annotations

from foundation.actors import Actor
from storefront.orders.facts import OrderPaid
from storefront.till import selling


def on_order_paid(fact: OrderPaid) -> None:
    """What was paid on the customer's own phone is sold, and goes out of the door with them."""
    selling.note_paid(actor=Actor.system("till"), order_id=fact.order_id)

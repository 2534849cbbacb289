from __future__ import annotations

from commissions.instead.spending import settle_credit
from foundation.actors import Actor
from storefront.orders.facts import LinesRefunded, OrderCancelled, OrderPaid, RefundFailed
from storefront.orders.queries import sale

BOOKS = Actor.system("commissions.instead")


def on_order_changed(fact: OrderPaid | LinesRefunded | RefundFailed | OrderCancelled) -> None:
    """Whatever became of an order: the credit it was paid with is what the order is now."""
    settle_credit(actor=BOOKS, of=sale(fact.order_id))

from __future__ import annotations

from datetime import date

from foundation.actors import Actor
from storefront.fulfilment import actions, pickups
from storefront.orders.facts import LinesRefunded, OrderDelivered, OrderPaid
from storefront.places.facts import StoreShut


def on_order_paid(fact: OrderPaid) -> None:
    """Its pieces wait to be picked; a store that shut before it was paid could not tell its shopper."""
    actions.begin(order_id=fact.order_id)
    pickups.tell_late(order_id=fact.order_id)


def on_order_delivered(fact: OrderDelivered) -> None:
    """Its pieces are with the shopper."""
    actions.note_delivered(order_id=fact.order_id)


def on_lines_refunded(fact: LinesRefunded) -> None:
    """When everything was given back, nobody packs it any more."""
    actions.note_refunded(actor=Actor.system("fulfilment"), order_id=fact.order_id)


def on_store_shut(fact: StoreShut) -> None:
    """Whoever would collect an order there is told."""
    pickups.tell_everybody(place_id=fact.place_id, day=date.fromisoformat(fact.day) if fact.day else None)

"""Paid orders on their way, in the hands of a test."""

from foundation.db import db
from storefront.fulfilment import actions
from storefront.fulfilment.models import Fulfilment, FulfilmentStatus
from storefront.orders.models import Delivery
from tests.storefront.goods import HOUSE, pay, piece, place


def ordered(shirt: int, delivery: Delivery = Delivery.DOOR, name: str = "cs_1") -> int:
    placed = place([piece(shirt, 3000, 2)], session_id=name, delivery=delivery)
    pay(placed.order_id)
    return placed.order_id


def status_of(order_id: int) -> FulfilmentStatus:
    return FulfilmentStatus(db.session.get_one(Fulfilment, order_id, populate_existing=True).status)


def go(order_id: int, *steps: FulfilmentStatus) -> None:
    for step in steps:
        assert actions.advance(actor=HOUSE, order_ids=[order_id], to=step) == []

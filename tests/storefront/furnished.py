"""A small shop for lives of orders: what is sold there, in which sizes, and what lies on the shelf."""

from __future__ import annotations

from dataclasses import dataclass, field

from foundation import facts
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.orders.policy import Piece
from tests.storefront.goods import piece, shelf, variant_of
from tests.storefront.order_book import Shelf

# What a size costs more or less than the one it is named after.
SIZES = {"S": 0, "M": 0, "L": 500, "XL": -1000}
PRICES = (2999, 3350, 4990, 8001, 12345)
STOCK = 150


@dataclass
class World:
    """What is sold, what lies there, and the facts that wait for their listeners."""

    announced: list[facts.Fact]
    shelf: Shelf = field(default_factory=Shelf)
    prices: dict[int, int] = field(default_factory=dict)
    pieces: dict[int, Piece] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def furnish(cls, announced: list[facts.Fact]) -> World:
        world = cls(announced)
        for number, price in enumerate(PRICES):
            first = shelf(f"garment-{number}", price, STOCK, sizes=tuple(SIZES))
            product_id = db.session.get_one(Variant, first).product_id
            sizes = {size: variant_of(product_id, size) for size in SIZES}
            for size, variant_id in sizes.items():
                variant = db.session.get_one(Variant, variant_id)
                variant.price_minor = world.prices[variant_id] = price + SIZES[size]
                world.pieces[variant_id] = piece(variant_id, world.prices[variant_id])
                world.others[variant_id] = [other for other in sizes.values() if other != variant_id]
                world.shelf.received[variant_id] = STOCK
        db.session.flush()
        return world

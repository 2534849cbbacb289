"""A collection as pages show it: its things in their order, and its cover in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from editors.gatherings.models import GatheredItem
from editors.gatherings.queries import Listed
from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from foundation.files.storage import url_of
from storefront.catalog.cards import picture_card, product_card
from storefront.catalog.queries import products_by_ids


@dataclass(frozen=True, slots=True)
class Thing:
    """A look or a piece of a collection; `shown` is what its card needs, `picture` is small."""

    item_id: int
    name: str
    is_look: bool
    shown: dict[str, Any]
    picture: dict[str, Any] | None


def things_of(items: Sequence[GatheredItem]) -> list[Thing]:
    """What can be seen of the items, in their order: looks on show, pieces in the shop."""
    looks = {look.id: look for look in looks_by_ids([item.look_id for item in items if item.look_id])}
    wanted = products_by_ids([item.product_id for item in items if item.product_id])
    products = {product.id: product for product in wanted if product.status == "active"}
    found = []
    for item in items:
        if item.look_id in looks:
            shown = card_values(looks[item.look_id])
            found.append(Thing(item.id, shown["title"], True, shown, shown["picture"]))
        elif item.product_id in products:
            product = products[item.product_id]
            cover = picture_card(product, product.cover)
            found.append(Thing(item.id, product.name, False, product_card(product), cover))
    return found


def in_a_list(gatherings: Sequence[Listed]) -> list[dict[str, Any]]:
    """Collections for a list: name, number, and the picture of the first thing in them."""
    return [
        {
            "id": one.id,
            "slug": one.slug,
            "name": one.name,
            "status": one.status,
            "number": one.number,
            "cover": url_of(one.cover) if one.cover else None,
        }
        for one in gatherings
    ]

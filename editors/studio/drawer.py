"""Where the pieces of a look come from: the shop, the wish list, what was bought, earlier looks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from editors.looks.models import Look
from editors.studio.queries import bought_products, going_with, wished_products, worn_before
from storefront.catalog.models import Product
from storefront.catalog.queries import products_by_ids
from storefront.search.queries import find_products

AT_ONCE = 24


class Shelf(StrEnum):
    SHOP = "shop"
    GOES = "goes"
    WISHES = "wishes"
    BOUGHT = "bought"
    LOOKS = "looks"


SHELF_WORDS: dict[Shelf, Any] = {
    Shelf.SHOP: _l("All pieces"),
    Shelf.GOES: _l("Goes with it"),
    Shelf.WISHES: _l("Wish list"),
    Shelf.BOUGHT: _l("Bought"),
    Shelf.LOOKS: _l("My looks"),
}


def pieces_on(shelf: Shelf, typed: str, look: Look, account_id: int) -> Sequence[Product]:
    """At most `AT_ONCE` pieces of a shelf that are in the shop and go by these words, covers loaded."""
    if shelf is Shelf.SHOP:
        return find_products(typed, AT_ONCE)
    ids = {
        Shelf.GOES: lambda: going_with([piece.product_id for piece in look.pieces], typed, AT_ONCE),
        Shelf.WISHES: lambda: wished_products(account_id, typed, AT_ONCE),
        Shelf.BOUGHT: lambda: bought_products(account_id, typed, AT_ONCE),
        Shelf.LOOKS: lambda: worn_before(look.editor_id, look.id, typed, AT_ONCE),
    }[shelf]()
    return products_by_ids(ids)

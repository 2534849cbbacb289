"""Where the pieces of a look come from: the shop, the wish list, what was bought, earlier looks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from editors.looks.models import Look
from editors.studio.queries import bought_products, going_with, worn_before
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.queries import products_by_ids
from storefront.search.queries import find_products
from storefront.wishes.queries import wish_list

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
        Shelf.GOES: lambda: going_with([piece.product_id for piece in look.pieces]),
        Shelf.WISHES: lambda: [wish.id for wish in wish_list(None, account_id)],
        Shelf.BOUGHT: lambda: bought_products(account_id),
        Shelf.LOOKS: lambda: worn_before(look.editor_id),
    }[shelf]()
    products = [product for product in products_by_ids(ids) if product.status == ProductStatus.ACTIVE]
    return [product for product in products if _goes_by(product, typed)][:AT_ONCE]


def _goes_by(product: Product, typed: str) -> bool:
    """Whether every word is in the name or the colour: these shelves are short."""
    said = f"{product.name} {product.colour_name} {product.kind}".casefold()
    return all(word in said for word in typed.casefold().split())

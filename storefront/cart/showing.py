"""A line of the bag as pages show it: plain values for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foundation.files.storage import url_of
from foundation.money import Money
from foundation.web.assets import asset
from storefront.cart.queries import Cart, CartLine
from storefront.catalog.cards import PLACEHOLDER, product_path
from storefront.catalog.naming import piece_details


def rows_of(
    lines: Iterable[CartLine], cart: Cart, off: Mapping[int, int] | None = None
) -> list[dict[str, Any]]:
    """Lines with picture, words and what can be had of them; `off` is what vouchers take off, by line."""
    short = {line.line_id for line in cart.short}
    off = off or {}
    return [row_of(line, short=line.line_id in short, off_minor=off.get(line.line_id, 0)) for line in lines]


def row_of(line: CartLine, *, short: bool = False, off_minor: int = 0) -> dict[str, Any]:
    """One line. `left` is how many could still be had when it asks for too many; `before` is its full
    price where vouchers made it cheaper; `was` what one cost when its owner was last told."""
    price = Money(line.gross_minor - off_minor, line.currency)
    return {
        "id": line.line_id,
        "href": product_path(line.handle),
        "name": line.name,
        "options": piece_details(line),
        "picture": picture_of(line),
        "quantity": line.quantity,
        "price": price,
        "before": line.gross if off_minor else None,
        "unit": line.unit_price,
        "was": line.price_was,
        "short": short,
        "sold_out": line.sold_out,
        "left": line.available,
    }


def picture_of(line: CartLine) -> dict[str, Any]:
    """The small picture, or the drawn placeholder."""
    if line.picture_key is None:
        return {"src": asset(PLACEHOLDER), "width": 480, "height": 600, "alt": ""}
    width, height = line.picture_width or 480, line.picture_height or 600
    return {"src": url_of(line.picture_key), "width": width, "height": height, "alt": ""}

"""A look as search engines read it (schema.org ItemList of Products)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from editors.looks.page.buying import PieceRow
from foundation.files.storage import outside_url
from foundation.money import decimal_text
from storefront.catalog.cards import picture_card, product_path


def item_list(title: str, url: str, base_url: str, rows: Sequence[PieceRow]) -> dict[str, Any]:
    """The pieces in their order, each with its offer; prices in whole currency units as a string."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": title,
        "url": url,
        "numberOfItems": len(rows),
        "itemListElement": [
            {"@type": "ListItem", "position": row.number, "item": _product(row, base_url)} for row in rows
        ],
    }


def _product(row: PieceRow, base_url: str) -> dict[str, Any]:
    url = base_url + product_path(row.product.handle)
    picture = picture_card(row.product, row.product.cover)
    return {
        "@type": "Product",
        "name": row.product.name,
        "url": url,
        **({"image": outside_url(picture["src"])} if picture["srcset"] else {}),
        "offers": {
            "@type": "Offer",
            "price": decimal_text(row.price),
            "priceCurrency": row.price.currency,
            "availability": f"https://schema.org/{'OutOfStock' if row.sold_out else 'InStock'}",
            "url": url,
        },
    }

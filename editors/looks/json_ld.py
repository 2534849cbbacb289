"""A look as search engines read it (schema.org ItemList of Products)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from editors.looks.buying import PieceRow
from storefront.catalog.cards import product_path


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
    return {
        "@type": "Product",
        "name": row.product.name,
        "url": url,
        "offers": {
            "@type": "Offer",
            "price": str(Decimal(row.price.minor).scaleb(-2)),
            "priceCurrency": row.price.currency,
            "availability": f"https://schema.org/{'OutOfStock' if row.sold_out else 'InStock'}",
            "url": url,
        },
    }

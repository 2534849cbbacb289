"""What machines read of a product's page: schema.org documents, made of the values the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from markupsafe import Markup

from foundation.files.storage import outside_url
from foundation.i18n import address_in, pick, reader_language
from foundation.money import decimal_text
from storefront.catalog.cards import product_path
from storefront.catalog.categories import path_name
from storefront.catalog.models import Product, Variant
from storefront.catalog.policy import COLOUR_OPTIONS, SIZE_OPTIONS, gtin_of, option_of

SCHEMA = "https://schema.org"
IN_STOCK, SOLD_OUT = f"{SCHEMA}/InStock", f"{SCHEMA}/OutOfStock"


def product_data(
    product: Product,
    variants: Sequence[tuple[Variant, int]],
    *,
    base_url: str,
    pictures: Sequence[Mapping[str, Any]],
    summary: str,
    besides: Mapping[str, Any],
) -> Markup:
    """A product with its variants and how many of each can be bought: a group, or one thing without choices.

    `besides` is what others say of it (how it is rated); it belongs to the product, not to one variant.
    """
    address = base_url + address_in(product_path(product.handle), reader_language())
    whole = {
        "name": product.name,
        "url": address,
        "description": summary,
        "category": path_name(product.category),
        "image": [outside_url(picture["src"]) for picture in pictures if picture["srcset"]],
        "brand": {"@type": "Brand", "name": product.vendor} if product.vendor else None,
        "material": pick(product.fabric, product.fabric_it),
    }
    if len(variants) == 1 and not variants[0][0].label:
        only = _variant(product, *variants[0], address)
        return _document({"@type": "Product", **only, **whole, **besides})
    group = {
        "@type": "ProductGroup",
        **whole,
        "productGroupID": product.handle,
        "variesBy": _varies_by(product),
        "hasVariant": [
            {"@type": "Product", "name": f"{product.name}, {variant.label}"}
            | _variant(product, variant, number, address)
            for variant, number in variants
        ],
        **besides,
    }
    return _document(group)


def trail_data(trail: Sequence[tuple[str, str | None]], base_url: str, here: str) -> Markup:
    """The way to a page, as its breadcrumbs show it; the last step is the page `here`."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": base_url + (path or here)}
        for position, (name, path) in enumerate(trail, start=1)
    ]
    return _document({"@type": "BreadcrumbList", "itemListElement": steps})


def list_data(cards: Sequence[Mapping[str, Any]], base_url: str) -> Markup:
    """The pieces of one page of a list, in its order; `cards` as `cards.listed_card` makes them."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": card["name"],
            "url": base_url + address_in(card["href"], reader_language()),
        }
        for position, card in enumerate(cards, start=1)
    ]
    return _document({"@type": "ItemList", "itemListElement": items})


def _variant(product: Product, variant: Variant, number: int, address: str) -> dict[str, Any]:
    said = (product.option_names, variant.option_values)
    return _said(
        {
            "sku": variant.sku,
            "gtin": gtin_of(variant.barcode),
            "size": option_of(SIZE_OPTIONS, *said),
            "color": option_of(COLOUR_OPTIONS, *said) or product.colour_name,
            "offers": {
                "@type": "Offer",
                "price": decimal_text(variant.price),
                "priceCurrency": variant.currency,
                "availability": IN_STOCK if number > 0 else SOLD_OUT,
                "itemCondition": f"{SCHEMA}/NewCondition",
                "url": address,
            },
        }
    )


def _varies_by(product: Product) -> list[str]:
    names = [name.strip().lower() for name in product.option_names]
    varying = [f"{SCHEMA}/size"] if any(name in SIZE_OPTIONS for name in names) else []
    return varying + ([f"{SCHEMA}/color"] if any(name in COLOUR_OPTIONS for name in names) else [])


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value}


def _document(document: Mapping[str, Any]) -> Markup:
    """Signs that could end the script element are written as escapes."""
    text = orjson.dumps({"@context": SCHEMA, **_said(document)}).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))

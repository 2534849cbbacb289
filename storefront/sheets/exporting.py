"""Writing products as Shopify writes them today, so that reading them again changes nothing.

A row for each variant, the pictures beside them from the first row on, the product's own cells in the first.
What Shopify has no column for stands in columns of our own (`columns.py`). A cell that a spreadsheet would
work out is given as text (`schemas.defused`), and reading it gives the same text back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Row

from foundation.files.storage import outside_url, url_of
from foundation.money import Money, decimal_text
from foundation.spreadsheets import defused
from storefront.catalog.models import ProductStatus
from storefront.sheets.columns import COLUMNS, OPTIONS
from storefront.sheets.queries import whole_products

# Shopify's columns in Shopify's order, ours behind them.
HEADER = (
    *("Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags"),
    *("Published on online store", "Status", "SKU", "Barcode"),
    *(f"Option{n} {what}" for n in OPTIONS for what in ("name", "value", "Linked To")),
    *("Price", "Compare-at price", "Cost per item", "Charge tax", "Tax code"),
    *("Unit price total measure", "Unit price total measure unit"),
    *("Unit price base measure", "Unit price base measure unit"),
    *("Inventory tracker", "Inventory quantity", "Continue selling when out of stock"),
    *("Weight value (grams)", "Weight unit for display", "Requires shipping", "Fulfillment service"),
    *("Product image URL", "Image position", "Image alt text", "Variant image URL", "Gift card"),
    *("SEO title", "SEO description"),
    *(COLUMNS[key][0] for key in ("colour", "fabric")),
    *("Google Shopping / Google product category", "Google Shopping / Gender", "Google Shopping / Age group"),
    *("Google Shopping / Manufacturer part number (MPN)", "Google Shopping / Ad group name"),
    *("Google Shopping / Ads labels", "Google Shopping / Condition", "Google Shopping / Custom product"),
    *(f"Google Shopping / Custom label {n}" for n in range(5)),
    *(
        COLUMNS[key][0]
        for key in (
            *("title_it", "body_it", "colour_it", "fabric_it", "care", "care_it"),
            *("seo_title_it", "seo_description_it", "department", "slot", "published_at", "image_alt_it"),
        )
    ),
)
PLACE = {name: number for number, name in enumerate(HEADER)}
# The texts of a product, by the meaning of their column.
TEXTS = {
    "title": "title",
    "body": "description",
    "vendor": "vendor",
    "kind": "kind",
    "colour": "colour",
    "fabric": "fabric",
    "seo_title": "seo_title",
    "seo_description": "seo_description",
    "title_it": "title_it",
    "body_it": "description_it",
    "colour_it": "colour_it",
    "fabric_it": "fabric_it",
    "care": "care",
    "care_it": "care_it",
    "seo_title_it": "seo_title_it",
    "seo_description_it": "seo_description_it",
    "department": "category",
    "slot": "slot",
}
YES, NO = "TRUE", "FALSE"
SHOWN = (ProductStatus.ACTIVE, ProductStatus.SCHEDULED)

Cells = dict[str, Any]


def product_sheet(*where: ColumnElement[bool]) -> Iterator[str]:
    """The file of the products that fit, in the order of their handles, read while it is sent.

    A product that has lost its last variant is not in it: there is no row to write for it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for product in whole_products(dict.fromkeys(TEXTS.values()), *where):
        if product.variants:
            writer.writerows(_rows(product))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _rows(product: Row[Any]) -> Iterator[list[Any]]:
    pictures = [
        {
            "Product image URL": source or outside_url(url_of(key)),
            "Image alt text": defused(alt),
            COLUMNS["image_alt_it"][0]: defused(alt_it or ""),
        }
        for source, key, alt, alt_it in product.pictures or ()
        if source or key
    ]
    first = _of_product(product)
    for number, (variant, picture) in enumerate(zip_longest(product.variants, pictures), start=1):
        cells: Cells = {"URL handle": product.handle} | first
        if variant is not None:
            cells |= _of_variant(variant)
        if picture is not None:
            cells |= picture | {"Image position": number}
        row: list[Any] = [""] * len(HEADER)
        for name, value in cells.items():
            row[PLACE[name]] = value
        yield row
        first = {}


def _of_product(product: Row[Any]) -> Cells:
    shown = product.status in SHOWN
    cells: Cells = {COLUMNS[key][0]: defused(getattr(product, name) or "") for key, name in TEXTS.items()}
    names = product.option_names or ["Title"]
    published_at = product.published_at
    return cells | {
        "Tags": defused(", ".join(product.tags)),
        "Published on online store": YES if shown else NO,
        "Status": "active" if shown else str(product.status),
        **{f"Option{n} name": defused(name) for n, name in zip(OPTIONS, names, strict=False)},
        "Gift card": NO,
        "Google Shopping / Condition": "new",
        COLUMNS["published_at"][0]: published_at.astimezone(UTC).isoformat() if published_at else "",
    }


def _of_variant(variant: dict[str, Any]) -> Cells:
    values = variant["option_values"] or ["Default Title"]
    price = Money(variant["price_minor"], variant["currency"])
    before = variant["compare_at_minor"]
    return {
        **{f"Option{n} value": defused(value) for n, value in zip(OPTIONS, values, strict=False)},
        "SKU": defused(variant["sku"]),
        "Barcode": defused(variant["barcode"]),
        "Price": decimal_text(price),
        "Compare-at price": "" if before is None else decimal_text(Money(before, variant["currency"])),
        "Charge tax": YES,
        "Inventory tracker": "shopify" if variant["tracked"] else "",
        "Inventory quantity": variant["on_hand"],
        "Continue selling when out of stock": "CONTINUE" if variant["oversell"] else "DENY",
        "Weight value (grams)": variant["grams"],
        "Weight unit for display": "g",
        "Requires shipping": YES,
        "Fulfillment service": "manual",
    }

"""Which column means what: both dialects of Shopify's product file, the current one and the older.

The current dialect says "URL handle" and "Product image URL", the older "Handle" and "Image Src"; the columns
may stand in any order, and those we have no use for are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

OPTIONS = (1, 2, 3)

COLUMNS: dict[str, tuple[str, ...]] = {
    "handle": ("URL handle", "Handle"),
    "title": ("Title",),
    "body": ("Description", "Body (HTML)", "Body HTML"),
    "vendor": ("Vendor",),
    "category": ("Product category", "Standard Product Type"),
    "kind": ("Type", "Custom Product Type"),
    "tags": ("Tags",),
    "published": ("Published on online store", "Published"),
    "status": ("Status",),
    **{f"option{n}_name": (f"Option{n} name",) for n in OPTIONS},
    **{f"option{n}_value": (f"Option{n} value",) for n in OPTIONS},
    "sku": ("SKU", "Variant SKU"),
    "barcode": ("Barcode", "Variant Barcode"),
    "price": ("Price", "Variant Price"),
    "compare_at": ("Compare-at price", "Variant Compare At Price"),
    "tracker": ("Inventory tracker", "Variant Inventory Tracker"),
    "quantity": ("Inventory quantity", "Variant Inventory Qty"),
    "policy": ("Continue selling when out of stock", "Variant Inventory Policy"),
    "grams": ("Weight value (grams)", "Variant Grams"),
    "image": ("Product image URL", "Image Src"),
    "image_position": ("Image position",),
    "image_alt": ("Image alt text",),
    "variant_image": ("Variant image URL", "Variant Image"),
    "gift_card": ("Gift card",),
    "colour": ("Color (product.metafields.shopify.color-pattern)",),
    "fabric": ("Fabric (product.metafields.shopify.fabric)",),
}
# Columns that make a row a variant of its own, and not just another picture of the product.
OF_A_VARIANT = ("option1_value", "option2_value", "option3_value", "price", "sku", "barcode")

_MEANING = {_name.casefold(): key for key, names in COLUMNS.items() for _name in names}


class FileRefused(ValueError):
    """The file as a whole cannot be read; the text says why."""


def meanings(header: Sequence[str]) -> list[str | None]:
    """What each column of this header means to us, None for those we do not use.

    Raises `FileRefused` when there is no title, or two columns mean the same.
    """
    found = [_MEANING.get(" ".join(name.split()).casefold()) for name in header]
    for key in COLUMNS:
        if found.count(key) > 1:
            twice = [name for name, meaning in zip(header, found, strict=True) if meaning == key]
            raise FileRefused(f"The columns {' and '.join(twice)} mean the same. Leave one of them out.")
    if "title" not in found:
        raise FileRefused(
            "There is no column Title in the first row. Is this a product file, separated by commas?"
        )
    return found


def column_name(key: str, header: dict[str, str]) -> str:
    """The column as this file calls it, or as the current dialect does where the file has none."""
    return header.get(key, COLUMNS[key][0])

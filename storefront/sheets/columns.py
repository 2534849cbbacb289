"""Which column means what: both dialects of Shopify's product file, the current one and the older.

The current dialect says "URL handle" and "Product image URL", the older "Handle" and "Image Src"; the columns
may stand in any order, and those we have no use for are passed over. What Shopify has no column for stands in
columns named as it names metafields, so that our own files lose nothing on the way out and in again.
"""

from __future__ import annotations

from collections.abc import Sequence

from storefront.sheets.faults import Fault, FileRefused

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
    "seo_title": ("SEO title",),
    "seo_description": ("SEO description",),
    "seo_title_it": ("SEO title in Italian (product.metafields.vetrina.seo_title_it)",),
    "seo_description_it": ("SEO description in Italian (product.metafields.vetrina.seo_description_it)",),
    "title_it": ("Title in Italian (product.metafields.vetrina.title_it)",),
    "body_it": ("Description in Italian (product.metafields.vetrina.description_it)",),
    "colour_it": ("Color in Italian (product.metafields.vetrina.colour_it)",),
    "fabric_it": ("Fabric in Italian (product.metafields.vetrina.fabric_it)",),
    "care": ("Care (product.metafields.vetrina.care)",),
    "care_it": ("Care in Italian (product.metafields.vetrina.care_it)",),
    "department": ("Department (product.metafields.vetrina.department)",),
    "slot": ("Worn as (product.metafields.vetrina.slot)",),
    "published_at": ("Published at (product.metafields.vetrina.published_at)",),
    "image_alt_it": ("Image alt text in Italian (product.metafields.vetrina.image_alt_it)",),
}
# Columns that make a row a variant of its own, and not just another picture of the product.
OF_A_VARIANT = ("option1_value", "option2_value", "option3_value", "price", "sku", "barcode")

_MEANING = {_name.casefold(): key for key, names in COLUMNS.items() for _name in names}


def meanings(header: Sequence[str]) -> list[str | None]:
    """What each column of this header means to us, None for those we do not use.

    Raises `FileRefused` when there is no title or no price, or two columns mean the same.
    """
    found = [_MEANING.get(" ".join(name.split()).casefold()) for name in header]
    for key in COLUMNS:
        if found.count(key) > 1:
            twice = [name for name, meaning in zip(header, found, strict=True) if meaning == key]
            raise FileRefused(Fault.SAME_COLUMN, first=twice[0], second=twice[1])
    if "title" not in found:
        raise FileRefused(Fault.NO_TITLE_COLUMN)
    if "price" not in found:
        raise FileRefused(Fault.NO_PRICE_COLUMN)
    return found


def column_name(key: str, header: dict[str, str]) -> str:
    """The column as this file calls it, or as the current dialect does where the file has none."""
    return header.get(key, COLUMNS[key][0])

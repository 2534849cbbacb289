"""SELECTs for those who read the whole shop: search engines and shopping services."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from foundation.web.sitemap import Section
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus, Variant
from storefront.catalog.ports import left

_OF_PRODUCT = (
    *("handle", "title", "title_it", "description", "description_it", "vendor", "category", "kind"),
    *("colour", "colour_it", "fabric", "fabric_it", "option_names"),
)
_OF_VARIANT = (
    *("id", "sku", "barcode", "option_values", "price_minor", "compare_at_minor", "currency", "grams"),
)


def pages_of_products() -> Section:
    """Every product in the shop, for the sitemap."""
    return Section(
        prefix="/shop/",
        key=Product.__table__.c.id,
        name=Product.__table__.c.handle,
        changed=Product.__table__.c.updated_at,
        where=Product.status == ProductStatus.ACTIVE,
    )


def offers() -> Select[Any]:
    """Every variant in the shop, in a fixed order: its columns and its product's, `left` (how many can be
    bought now) and `pictures` (the keys of the large ones that are ready, or null).
    """
    pictures = (
        select(func.array_agg(aggregate_order_by(Picture.large_key, Picture.position, Picture.id)))
        .where(Picture.product_id == Product.id, Picture.status == PictureStatus.READY)
        .scalar_subquery()
    )
    return (
        select(
            *(getattr(Product, name) for name in _OF_PRODUCT),
            *(getattr(Variant, name) for name in _OF_VARIANT),
            left().label("left"),
            pictures.label("pictures"),
        )
        .join(Variant, Variant.product_id == Product.id)
        .where(Product.status == ProductStatus.ACTIVE, Variant.withdrawn_at.is_(None))
        .order_by(Product.id, Variant.position)
    )

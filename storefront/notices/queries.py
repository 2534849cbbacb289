from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from foundation.db import db
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.queries import left_of, product_page


@dataclass(frozen=True)
class Waitable:
    """A product, and its variants that nothing is left of."""

    product: Product
    sold_out: list[Variant]


def waitable(handle: str) -> Waitable | None:
    """What somebody could wait for; None when the product is not in the shop."""
    product = product_page(handle)
    if product is None:
        return None
    left = left_of(variant.id for variant in product.variants)
    return Waitable(product, [one for one in product.variants if not left.get(one.id)])


def piece_waited_for(variant_id: int) -> tuple[Variant, Product] | None:
    """A variant and its product, while both are sold here."""
    row = db.session.execute(
        select(Variant, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(
            Variant.id == variant_id,
            Variant.withdrawn_at.is_(None),
            Product.status == ProductStatus.ACTIVE,
        )
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def is_of(handle: str, variant_id: int) -> bool:
    """Whether a variant is one of the product at that address."""
    found = piece_waited_for(variant_id)
    return found is not None and found[1].handle == handle

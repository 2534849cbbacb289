"""SELECTs for those who read the whole shop: search engines and shopping services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from foundation.db import db
from foundation.streams import rows_of
from foundation.web.queries import Section
from storefront.catalog.categories import category_address, with_parents
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus, Variant
from storefront.catalog.policy import COLOUR_OPTIONS
from storefront.catalog.ports import left
from storefront.catalog.queries import departments
from storefront.catalog.shopping import Lack, is_worn

LEFT_OUT_PAGE = 50


@dataclass(frozen=True)
class LeftOut:
    """What the shopping service is not told of: one page of it, how many products that is, and how many are
    told.
    """

    rows: Sequence[tuple[Product, Lack]]
    total: int
    told: int


_OF_PRODUCT = (
    *("handle", "title", "title_it", "description", "description_it", "vendor", "category", "kind"),
    *("colour", "colour_it", "fabric", "fabric_it", "option_names", "tags"),
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


def pages_of_departments() -> list[str]:
    """The list of every department with something in the shop, for the sitemap."""
    return [category_address(key) for key in with_parents(key for key, _number in departments())]


def offers() -> Iterator[Row[Any]]:
    """Every variant in the shop, in a fixed order, read while they are sent.

    Each has its columns and its product's, `left` (how many can be bought now) and `pictures` (the keys of
    the large ones that are ready, or null).
    """
    pictures = (
        select(func.array_agg(aggregate_order_by(Picture.large_key, Picture.position, Picture.id)))
        .where(Picture.product_id == Product.id, Picture.status == PictureStatus.READY)
        .scalar_subquery()
    )
    statement = (
        select(
            *(getattr(Product, name) for name in _OF_PRODUCT),
            *(getattr(Variant, name) for name in _OF_VARIANT),
            left().label("left"),
            pictures.label("pictures"),
        )
        .join(Variant, Variant.product_id == Product.id)
        .where(Product.status == ProductStatus.ACTIVE, Variant.withdrawn_at.is_(None))
    )
    columns = Variant.__table__.c
    return rows_of(db.engine, statement, Product.__table__.c.id, columns.position, columns.id)


def left_out(page: int) -> LeftOut:
    """The products in the shop that the service would refuse: `shopping.lacking`, asked of all at once."""
    lack = _lack()
    sold = exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None))
    in_shop = (Product.status == ProductStatus.ACTIVE, sold)
    total, refused = db.session.execute(select(func.count(), func.count(lack)).where(*in_shop)).one()
    statement = (
        select(Product, lack)
        .where(*in_shop, lack.is_not(None))
        .order_by(lack, func.lower(Product.title), Product.id)
        .limit(LEFT_OUT_PAGE)
        .offset((page - 1) * LEFT_OUT_PAGE)
    )
    rows = [(product, Lack(str(said))) for product, said in db.session.execute(statement)]
    return LeftOut(rows, refused, total - refused)


def _lack() -> ColumnElement[str | None]:
    """What a product lacks, or null. A colour among its choices is said by each of its variants."""
    pictured = exists().where(
        Picture.product_id == Product.id,
        Picture.status == PictureStatus.READY,
        Picture.large_key.is_not(None),
    )
    options = func.unnest(Product.option_names).table_valued("name")
    chosen = exists().where(func.lower(func.btrim(options.c.name)).in_(COLOUR_OPTIONS))
    worn = [key for key, _number in departments() if is_worn(key)]
    silent = and_(Product.category.in_(worn), Product.colour == "", ~chosen)
    return case((~pictured, literal(Lack.PICTURE.value)), (silent, literal(Lack.COLOUR.value)), else_=None)

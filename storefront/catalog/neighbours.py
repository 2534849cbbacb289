"""Pieces that are shown beside others: the newest of the shop, and what is akin to one.

A shop may have a hundred thousand products, so hardly more of them are looked at than are shown. Whether any
is left is asked of those alone: asked of all that could be shown, it is looked up for the whole shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, union
from sqlalchemy.orm import contains_eager

from foundation.db import db
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import companions, left

LAST = (Product.published_at.desc(), Product.id.desc())


@dataclass(frozen=True)
class Listed:
    """A product of a list, its cover loaded, and whether any of it is left; or if it goes with another."""

    product: Product
    in_stock: bool
    goes_with: bool = False


def in_stock() -> ColumnElement[bool]:
    """Whether any of a product can be had now, as an expression on `Product`."""
    return exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)


def newest(limit: int) -> Sequence[Listed]:
    """What came last into the shop and can still be had."""
    last = _shown(select(Product)).where(in_stock()).order_by(*LAST).limit(limit)
    return [Listed(product, True) for product in db.session.scalars(last)]


def related_products(product: Product, limit: int = 36) -> Sequence[Listed]:
    """The same piece in other colours first (same title), then what goes with it, then others of its rail."""
    same, kind = Product.title == product.title, Product.kind == product.kind
    rail = Product.category == product.category
    going = companions(product.id).subquery()
    # The first of each sort there is: the first of all are among them.
    akin = union(
        _few(limit, same, order=(kind.desc(), *LAST)),
        select(going.c.other_id),
        _few(limit, rail, kind, order=LAST),
        _few(limit, rail, order=LAST),
    )
    statement = (
        _shown(select(Product).add_columns(in_stock().label("in_stock"), going.c.place))
        .outerjoin(going, going.c.other_id == Product.id)
        .where(Product.id.in_(akin), Product.id != product.id)
        .order_by(same.desc(), going.c.place.nulls_last(), kind.desc(), *LAST)
        .limit(limit)
    )
    rows = db.session.execute(statement).all()
    return [Listed(found, is_left, goes_with=place is not None) for found, is_left, place in rows]


def _few(limit: int, *akin: ColumnElement[bool], order: Sequence[Any]) -> Select[int]:
    """The first that are akin; one more than needed, because the piece itself may be among them."""
    active = Product.status == ProductStatus.ACTIVE
    return select(Product.id).where(active, *akin).order_by(*order).limit(limit + 1)


def _shown(statement: Select[Any]) -> Select[Any]:
    """Products that are in the shop, each with its cover."""
    return (
        statement.outerjoin(Product.cover)
        .where(Product.status == ProductStatus.ACTIVE)
        .options(contains_eager(Product.cover))
    )

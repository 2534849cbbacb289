"""The pieces that lie in looks: what is known of them, sold, loved and worn together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    and_,
    func,
    select,
)

from editors.looks.canvas.garment import Garment, garment
from editors.looks.models import Look, LookPiece, LookStatus
from foundation.db import db
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus

COVER = and_(Picture.product_id == Product.id, Picture.position == 1, Picture.status == PictureStatus.READY)
MEASURES = (
    Picture.lying_large_key, Picture.width, Picture.height, Picture.body_x, Picture.body_y,
    Picture.body_width, Picture.body_height, Picture.real_height_mm,
)  # fmt: skip
_MEASURED = (
    "slot", "key", "width", "height", "body_x", "body_y", "body_width", "body_height", "real_height_mm"
)  # fmt: skip


def worn_in(product_ids: Sequence[int]) -> dict[int, int]:
    """In how many published looks each product is; what is in none is left out."""
    statement = (
        select(LookPiece.product_id, func.count())
        .join(Look, Look.id == LookPiece.look_id)
        .where(LookPiece.product_id.in_(product_ids), Look.status == LookStatus.PUBLISHED)
        .group_by(LookPiece.product_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def favourite_products(editor_id: int, limit: int = 4) -> Sequence[int]:
    """The products an editor puts into most of the looks on show, as ids, most used first."""
    return db.session.scalars(
        select(LookPiece.product_id)
        .join(Look, Look.id == LookPiece.look_id)
        .join(Product, Product.id == LookPiece.product_id)
        .where(
            Look.editor_id == editor_id,
            Look.status == LookStatus.PUBLISHED,
            Product.status == ProductStatus.ACTIVE,
        )
        .group_by(LookPiece.product_id)
        .order_by(func.count().desc(), func.max(Look.published_at).desc(), LookPiece.product_id)
        .limit(limit)
    ).all()


def known_products(ids: Iterable[int]) -> set[int]:
    """Those of the ids that are products."""
    return set(db.session.scalars(select(Product.id).where(Product.id.in_(list(ids)))))


def products_on_sale(ids: Iterable[int]) -> set[int]:
    """Those of the ids that are products in the shop."""
    shown = select(Product.id).where(Product.id.in_(list(ids)), Product.status == ProductStatus.ACTIVE)
    return set(db.session.scalars(shown))


def unsold_products(ids: Iterable[int]) -> Sequence[Product]:
    """Those of the products that are not in the shop."""
    return db.session.scalars(
        select(Product).where(Product.id.in_(list(ids)), Product.status != ProductStatus.ACTIVE)
    ).all()


def garments_of(product_ids: Iterable[int]) -> dict[int, Garment]:
    """How products lie, by id: slot, and the picture and measures of their covers."""
    rows = db.session.execute(
        select(Product.id, Product.slot, *MEASURES)
        .outerjoin(Picture, COVER)
        .where(Product.id.in_(list(product_ids)))
    )
    return {row[0]: measured(list(row)[1:]) for row in rows}


def on_show_with(product_ids: Iterable[int]) -> Sequence[int]:
    """The ids of the published looks that hold any of these products."""
    held = select(LookPiece.look_id).where(LookPiece.product_id.in_(list(product_ids)))
    shown = select(Look.id).where(Look.status == LookStatus.PUBLISHED, Look.id.in_(held))
    return db.session.scalars(shown.order_by(Look.id)).all()


def measured(measures: list[Any]) -> Garment:
    return garment(**dict(zip(_MEASURED, measures, strict=True)))

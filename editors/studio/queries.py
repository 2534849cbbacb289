from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from editors.looks.models import Look, LookPiece, LookStatus
from foundation.db import db
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import left


@dataclass(frozen=True, slots=True)
class GonePiece:
    """A piece of a look on show that nobody can buy any more."""

    look_id: int
    look_title: str
    title: str
    title_it: str | None


def sold_out_pieces(editor_id: int, limit: int = 3) -> Sequence[GonePiece]:
    """Pieces of an editor's looks on show of which no size is left, or that left the shop; newest first."""
    any_left = exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)
    rows = db.session.execute(
        select(Look.id, Look.title, Product.title, Product.title_it)
        .join(LookPiece, LookPiece.look_id == Look.id)
        .join(Product, Product.id == LookPiece.product_id)
        .where(
            Look.editor_id == editor_id,
            Look.status == LookStatus.PUBLISHED,
            or_(Product.status != ProductStatus.ACTIVE, ~any_left),
        )
        .order_by(Look.published_at.desc(), Look.id.desc(), LookPiece.position)
        .limit(limit)
    )
    return [GonePiece(*row) for row in rows]

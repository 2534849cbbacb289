from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from editors.links.models import Link
from editors.links.queries import WITH_TARGET
from editors.looks.cards import LookCard
from editors.looks.models import Look, LookPiece, LookStatus
from editors.looks.queries import looks_by_ids
from editors.membership.models import Editor, EditorStatus
from foundation.db import db
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import left


def shared_link(code: str) -> Link | None:
    """A link by its code with its target and its editor: what the page of a target that is gone tells of."""
    return db.session.scalars(
        select(Link).where(Link.code == code.lower()).options(joinedload(Link.editor), *WITH_TARGET)
    ).one_or_none()


def looks_near(look_id: int, editor_id: int, limit: int = 4) -> Sequence[LookCard]:
    """Looks on show instead of one that is not: of the same editor first, with most of its pieces first."""
    lost = aliased(LookPiece)
    same = (
        select(func.count())
        .select_from(LookPiece)
        .join(lost, lost.product_id == LookPiece.product_id)
        .where(LookPiece.look_id == Look.id, lost.look_id == look_id)
        .correlate(Look)
        .scalar_subquery()
    )
    ids = db.session.scalars(
        select(Look.id)
        .join(Look.editor)
        .where(
            Look.status == LookStatus.PUBLISHED,
            Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
            Look.id != look_id,
        )
        .order_by((same > 0).desc(), (Look.editor_id == editor_id).desc(), same.desc(), Look.id.desc())
        .limit(limit)
    ).all()
    cards = {card.id: card for card in looks_by_ids(ids)}
    return [cards[one] for one in ids if one in cards]


def stand_ins(product_id: int, limit: int = 8) -> Sequence[int]:
    """What could lie where a piece lies: worn in the same place, to be had, of its kind and price first."""
    gone = select(Product).where(Product.id == product_id).subquery()
    return db.session.scalars(
        select(Product.id)
        .join(gone, gone.c.slot == Product.slot)
        .where(Product.id != product_id, Product.status == ProductStatus.ACTIVE, sizes_left() > 0)
        .order_by(
            (Product.kind == gone.c.kind).desc(),
            (Product.colour == gone.c.colour).desc(),
            func.abs(Product.price_from_minor - gone.c.price_from_minor),
            Product.id,
        )
        .limit(limit)
    ).all()


def sizes_left() -> ColumnElement[int]:
    """How many sizes of a product can be had; correlated with `Product`."""
    return (
        select(func.count())
        .select_from(Variant)
        .where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)
        .correlate(Product)
        .scalar_subquery()
    )

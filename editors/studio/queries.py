from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select

from editors.looks.models import Look, LookPiece, LookStatus
from editors.share.queries import sizes_left
from foundation.db import db
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import left
from storefront.orders.models import Order, OrderLine, OrderStatus
from storefront.pairings.models import Pairing
from storefront.wishes.models import Wish


@dataclass(frozen=True, slots=True)
class GonePiece:
    """A piece of a look on show that nobody can buy any more; `sold`: the shop still has it, but no size."""

    look_id: int
    look_title: str
    look_title_it: str | None
    sold: bool
    title: str
    title_it: str | None


def sold_out_pieces(editor_id: int, limit: int = 3) -> Sequence[GonePiece]:
    """Pieces of an editor's looks on show of which no size is left, or that left the shop; newest first."""
    any_left = exists().where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None), left() > 0)
    rows = db.session.execute(
        select(
            Look.id,
            Look.title,
            Look.title_it,
            Product.status == ProductStatus.ACTIVE,
            Product.title,
            Product.title_it,
        )
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


def wished_products(account_id: int, typed: str, limit: int) -> Sequence[int]:
    """What somebody wishes for and the shop has, as product ids, the latest wish first."""
    return db.session.scalars(
        select(Wish.product_id)
        .join(Product, Product.id == Wish.product_id)
        .where(Wish.account_id == account_id, *_in_the_shop(typed))
        .order_by(Wish.added_at.desc(), Wish.product_id)
        .limit(limit)
    ).all()


def bought_products(account_id: int, typed: str, limit: int) -> Sequence[int]:
    """What somebody bought and the shop still has, as product ids, the latest first."""
    return db.session.scalars(
        select(OrderLine.product_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(Order.account_id == account_id, Order.status == OrderStatus.PAID, *_in_the_shop(typed))
        .group_by(OrderLine.product_id)
        .order_by(func.max(Order.placed_at).desc(), OrderLine.product_id)
        .limit(limit)
    ).all()


def worn_before(editor_id: int, look_id: int, typed: str, limit: int) -> Sequence[int]:
    """What an editor put into other looks and the shop has, as product ids, the look changed last first."""
    return db.session.scalars(
        select(LookPiece.product_id)
        .join(Look, Look.id == LookPiece.look_id)
        .join(Product, Product.id == LookPiece.product_id)
        .where(Look.editor_id == editor_id, Look.id != look_id, *_in_the_shop(typed))
        .group_by(LookPiece.product_id)
        .order_by(func.max(Look.changed_at).desc(), LookPiece.product_id)
        .limit(limit)
    ).all()


def going_with(product_ids: Sequence[int], typed: str, limit: int) -> Sequence[int]:
    """What goes with pieces, by looks on show and what was bought together; most sizes left first."""
    return db.session.scalars(
        select(Pairing.other_id)
        .join(Product, Product.id == Pairing.other_id)
        .where(
            Pairing.product_id.in_(product_ids),
            Pairing.other_id.not_in(product_ids),
            *_in_the_shop(typed),
        )
        .group_by(Pairing.other_id, Product.id)
        .order_by((sizes_left() > 1).desc(), func.sum(Pairing.weight).desc(), Pairing.other_id)
        .limit(limit)
    ).all()


def _in_the_shop(typed: str) -> list[ColumnElement[bool]]:
    """That a product is on sale, and has every typed word in its name, colour or kind, in either language."""
    told = (Product.title, Product.title_it, Product.colour, Product.colour_it, Product.kind)
    said = func.lower(func.plain_letters(func.concat_ws(" ", *told)))
    words = [func.strpos(said, func.lower(func.plain_letters(word))) > 0 for word in typed.split()]
    return [Product.status == ProductStatus.ACTIVE, *words]

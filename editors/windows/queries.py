from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from editors.looks.models import Look, LookPiece, LookStatus
from editors.membership.models import Editor, EditorStatus
from foundation.db import db
from foundation.web.queries import Section
from storefront.catalog.models import Product, ProductStatus
from storefront.orders.models import Order, OrderLine, OrderStatus

# Of one order nobody could say that a piece is loved, and somebody could say whose order it was.
FEWEST_ORDERS = 2


def pages_of_windows() -> Section:
    """The windows on show, for the sitemap."""
    columns = Editor.__table__.c
    return Section(
        prefix="/@",
        key=columns.id,
        name=columns.handle,
        changed=columns.joined_at,
        where=columns.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
    )


def most_loved(editor_id: int, account_id: int, since: datetime, limit: int = 4) -> Sequence[int]:
    """What was bought most from an editor's looks since a moment, as product ids, in paid orders;
    the editor's own do not count. Nothing while no piece was in two orders: nothing is made up.
    """
    orders = func.count(Order.id.distinct())
    return db.session.scalars(
        select(OrderLine.product_id)
        .select_from(Look)
        .join(LookPiece, LookPiece.look_id == Look.id)
        .join(Product, Product.id == LookPiece.product_id)
        .join(
            OrderLine,
            (OrderLine.product_id == Product.id)
            & (OrderLine.origin_kind == "look")
            & (OrderLine.origin_ref == Look.slug),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Look.editor_id == editor_id,
            Look.status == LookStatus.PUBLISHED,
            Product.status == ProductStatus.ACTIVE,
            Order.status == OrderStatus.PAID,
            Order.paid_at >= since,
            or_(Order.account_id.is_(None), Order.account_id != account_id),
        )
        .group_by(OrderLine.product_id)
        .having(orders >= FEWEST_ORDERS)
        .order_by(orders.desc(), OrderLine.product_id)
        .limit(limit)
    ).all()

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from editors.looks.models import Look, LookPiece, LookStatus
from editors.membership.models import Editor, EditorStatus
from foundation.db import db
from foundation.web.queries import Section
from storefront.catalog.models import Product, ProductStatus
from storefront.orders.models import TAKEN_REFUNDS, Order, OrderLine, OrderStatus, Refund, RefundLine

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
    """What was bought most from an editor's looks since a moment, as product ids, in paid orders.

    The rule: a piece counts once for each order that kept it; what came back whole does not count, nor do the
    editor's own orders. Saved looks and wishes do not count: a saved look says nothing of a piece, a wish
    nothing of where it was seen, and both cost nothing, so that friends could press a list together. Nothing
    while no piece was in two orders: nothing is made up.
    """
    back = (
        select(func.coalesce(func.sum(RefundLine.quantity), 0))
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(RefundLine.order_line_id == OrderLine.id, Refund.status.in_(TAKEN_REFUNDS))
        .correlate(OrderLine)
        .scalar_subquery()
    )
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
            OrderLine.quantity > back,
            or_(Order.account_id.is_(None), Order.account_id != account_id),
        )
        .group_by(OrderLine.product_id)
        .having(orders >= FEWEST_ORDERS)
        .order_by(orders.desc(), OrderLine.product_id)
        .limit(limit)
    ).all()

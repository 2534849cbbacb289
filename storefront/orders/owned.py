"""The orders of an account, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from foundation.web.numbers import pages_of
from storefront.orders.models import Order, OrderStatus, Refund

PAGE_SIZE = 20


@dataclass(frozen=True)
class OwnOrders:
    """One page of somebody's orders, and how many pages there are."""

    rows: Sequence[Order]
    page: int
    pages: int


def orders_of(account_id: int, page: int) -> OwnOrders:
    """The orders of an account that came to something, the newest first, with their lines and refunds.

    A page after the last is the last.
    """
    mine = (
        Order.account_id == account_id,
        Order.status.not_in((OrderStatus.EXPIRED, OrderStatus.CANCELLED)) | (Order.captured_minor > 0),
    )
    count = db.session.scalar(select(func.count()).select_from(Order).where(*mine)) or 0
    pages = pages_of(count, PAGE_SIZE)
    page = min(page, pages)
    rows = db.session.scalars(
        select(Order)
        .where(*mine)
        .options(selectinload(Order.lines), selectinload(Order.refunds).selectinload(Refund.lines))
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return OwnOrders(rows, page, pages)

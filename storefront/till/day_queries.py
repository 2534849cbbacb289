"""What was sold and given back at the tills of a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from foundation.db import db
from storefront.orders.models import Order, OrderLine, PaidWith, Refund, RefundStatus
from storefront.till.models import PaidBack, TillBasket, TillDay

MOST_FOUND = 30


class Sold(NamedTuple):
    """A sale in one line."""

    number: str
    paid_at: datetime
    paid_with: str
    total_minor: int
    currency: str
    customer: str
    staff_label: str
    terminal: str
    receipt_number: str | None
    pieces: int


class GivenBack(NamedTuple):
    """Money that went back over the counter, in one line."""

    number: str
    at: datetime
    paid_with: str
    amount_minor: int
    receipt_number: str
    by: str


def day_of(place_id: int, day: date) -> TillDay | None:
    """A day of a store's drawer, as it is now."""
    return db.session.scalars(
        select(TillDay)
        .where(TillDay.place_id == place_id, TillDay.day == day)
        .execution_options(populate_existing=True)
    ).one_or_none()


def sales_between(place_id: int, begins: datetime, ends: datetime) -> list[Sold]:
    """What was sold in a store, in the order of time."""
    return _sold(Order.till_place_id == place_id, Order.paid_at >= begins, Order.paid_at < ends)


def sales_like(place_id: int, words: str) -> list[Sold]:
    """Sales of a store by order number, terminal's receipt number or the customer's address; newest first."""
    columns = (Order.number, TillBasket.receipt_number, Order.email)
    found = _sold(
        Order.till_place_id == place_id,
        Order.paid_at.is_not(None),
        or_(*(column.icontains(words, autoescape=True) for column in columns)),
        newest=MOST_FOUND,
    )
    return found


def paid_back_between(place_id: int, begins: datetime, ends: datetime) -> list[GivenBack]:
    """What went back over the counter of a store, in the order of time."""
    found = db.session.execute(
        select(
            Order.number,
            PaidBack.at,
            PaidBack.paid_with,
            PaidBack.amount_minor,
            PaidBack.receipt_number,
            PaidBack.by,
        )
        .join(Refund, Refund.id == PaidBack.refund_id)
        .join(Order, Order.id == Refund.order_id)
        .where(PaidBack.place_id == place_id, PaidBack.at >= begins, PaidBack.at < ends)
        .order_by(PaidBack.at, PaidBack.refund_id)
    )
    return [GivenBack._make(row) for row in found]


def paid_back_of(refund_ids: Iterable[int]) -> dict[int, PaidBack]:
    """Where and how refunds were given back, by refund."""
    found = db.session.scalars(select(PaidBack).where(PaidBack.refund_id.in_(list(refund_ids))))
    return {one.refund_id: one for one in found}


def to_pay_back(limit: int = 50) -> Sequence[tuple[Refund, Order]]:
    """Refunds of sales over the counter that nobody has paid back yet: money we still owe."""
    found = db.session.execute(
        select(Refund, Order)
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.status == RefundStatus.REQUESTED, Order.paid_with != PaidWith.CARD)
        .where(Refund.payment_intent_id.is_(None))
        .order_by(Refund.requested_at, Refund.id)
        .limit(limit)
    )
    return [(refund, order) for refund, order in found]


def _sold(*conditions: ColumnElement[bool], newest: int | None = None) -> list[Sold]:
    pieces = (
        select(func.sum(OrderLine.quantity))
        .where(OrderLine.order_id == Order.id)
        .correlate(Order)
        .scalar_subquery()
    )
    wanted = (
        select(
            Order.number,
            Order.paid_at,
            Order.paid_with,
            Order.total_minor,
            Order.currency,
            func.coalesce(func.nullif(Order.name, ""), Order.email),
            func.coalesce(TillBasket.staff_label, ""),
            func.coalesce(TillBasket.terminal, ""),
            TillBasket.receipt_number,
            pieces,
        )
        .outerjoin(TillBasket, TillBasket.order_id == Order.id)
        .where(*conditions)
    )
    if newest is not None:
        wanted = wanted.order_by(Order.paid_at.desc(), Order.id.desc()).limit(newest)
    else:
        wanted = wanted.order_by(Order.paid_at, Order.id)
    return [Sold._make(row) for row in db.session.execute(wanted)]

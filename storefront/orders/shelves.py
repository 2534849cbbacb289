"""Orders as staff sort them: on shelves, by what has to be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from storefront.orders.models import DISPUTED, HELD_REFUNDS, Dispute, Order, OrderStatus, Refund
from storefront.orders.ports import beside, way


class Shelf(StrEnum):
    """How staff sort orders: by what has to be done about them."""

    TO_HAND_OVER = "to-hand-over"
    REVIEW = "review"
    WAITING = "waiting"
    DONE = "done"
    TOO_LATE = "too-late"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True)
class OrderList:
    """One page of orders for staff. `counts` says how many lie on each shelf, whatever is searched."""

    rows: Sequence[Order]
    total: int
    counts: dict[Shelf, int]


STAFF_PAGE = 30
_HELD = (
    select(func.coalesce(func.sum(Refund.amount_minor), 0))
    .where(Refund.order_id == Order.id, Refund.payment_intent_id.is_(None), Refund.status.in_(HELD_REFUNDS))
    .correlate(Order)
    .scalar_subquery()
)


# Its money came when its pieces were gone, and went back by itself.
_LATE = (Order.captured_minor > 0) & Order.review_reason.is_(None)
_ENDED = Order.status.in_((OrderStatus.EXPIRED, OrderStatus.CANCELLED))


def _shelves() -> dict[Shelf, ColumnElement[bool]]:
    """What was called off and whose money did not arrive is nothing to hand over: somebody has to look."""
    off = way().is_off()
    # There is nothing to hand over where the money is gone, or where none was paid and nobody packs it. The
    # dear question comes last.
    over = (
        Order.delivered_at.is_not(None)
        | (Order.dispute == Dispute.LOST)
        | ((Order.total_minor == 0) & off)
        | ((Order.total_minor > 0) & (Order.captured_minor <= _HELD))
    )
    open_ = (Order.status == OrderStatus.PAID) & ~over
    return {
        Shelf.TO_HAND_OVER: open_ & Order.dispute.not_in(DISPUTED) & ~off,
        Shelf.REVIEW: (Order.status == OrderStatus.NEEDS_REVIEW)
        | (Order.dispute == Dispute.OPEN)
        | beside().is_disputed()
        | (open_ & off),
        Shelf.WAITING: Order.status.in_((OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING)),
        Shelf.DONE: (Order.status == OrderStatus.PAID) & over,
        Shelf.TOO_LATE: _ENDED & _LATE,
        Shelf.ENDED: _ENDED & ~_LATE,
    }


def to_hand_over() -> ColumnElement[bool]:
    """Paid, not yet with the shopper, and the money is ours: what somebody has to pack, on `Order`."""
    return _shelves()[Shelf.TO_HAND_OVER]


def staff_orders(shelf: Shelf, words: str, page: int) -> OrderList:
    """Orders of a shelf, those that wait longest first; found by number, name or address."""
    shelves = _shelves()
    conditions = [shelves[shelf]] if shelf in shelves else []
    if words:
        columns = (Order.number, Order.email, Order.name)
        conditions.append(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    waits = shelf in (Shelf.TO_HAND_OVER, Shelf.REVIEW, Shelf.WAITING)
    order_by = (Order.placed_at, Order.id) if waits else (Order.placed_at.desc(), Order.id.desc())
    rows = db.session.scalars(
        select(Order)
        .where(*conditions)
        .options(selectinload(Order.lines), selectinload(Order.refunds))
        .order_by(*order_by)
        .limit(STAFF_PAGE)
        .offset((page - 1) * STAFF_PAGE)
    ).all()
    counted = db.session.execute(
        select(
            func.count().filter(*conditions) if conditions else func.count(),
            *(func.count().filter(condition) for condition in shelves.values()),
            func.count(),
        ).select_from(Order)
    ).one()
    counts = dict(zip((*shelves, Shelf.ALL), (int(number) for number in counted[1:]), strict=True))
    return OrderList(rows, int(counted[0]), counts)


def waiting_for_staff(limit: int = 100) -> Sequence[Order]:
    """Orders that somebody has to hand over or to look at, with their lines."""
    shelves = _shelves()
    return db.session.scalars(
        select(Order)
        .where(or_(shelves[Shelf.TO_HAND_OVER], shelves[Shelf.REVIEW]))
        .options(selectinload(Order.lines))
        .order_by(Order.placed_at, Order.id)
        .limit(limit)
    ).all()


def count_to_hand_over() -> int:
    """How many paid orders wait to be handed over."""
    statement = select(func.count()).select_from(Order).where(_shelves()[Shelf.TO_HAND_OVER])
    return int(db.session.execute(statement).scalar_one())

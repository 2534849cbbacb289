from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from foundation import clock
from foundation.db import db
from storefront.fulfilment.models import IN_THE_HOUSE, Fulfilment, FulfilmentStatus, ShutNotice
from storefront.orders.models import HELD_REFUNDS, Delivery, Order, OrderLine, Refund, RefundLine
from storefront.orders.ports import Step
from storefront.orders.queries import given_back, lines_given_back
from storefront.orders.shelves import to_hand_over
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock.queries import tracked_of

PAGE_SIZE = 50
MOST_JOBS = 100
# The pieces have left the house: what comes back of them comes to the warehouse.
GONE = (FulfilmentStatus.SENT, FulfilmentStatus.DONE)
OPEN = (
    FulfilmentStatus.WAITING,
    FulfilmentStatus.PICKING,
    FulfilmentStatus.PACKED,
    FulfilmentStatus.SENT,
    FulfilmentStatus.READY,
)
# What their shopper is told of each status.
STEPS = {status: Step(status) for status in (*OPEN, FulfilmentStatus.DONE)} | {
    FulfilmentStatus.CANCELLED: Step.OFF
}


@dataclass(frozen=True)
class Bench:
    """One page of what lies at a step, those paid first at the top. `counts` says how many lie at each."""

    rows: Sequence[Fulfilment]
    counts: dict[FulfilmentStatus, int]


def fulfilment_of(order_id: int) -> Fulfilment | None:
    """The way of an order's pieces with its steps; None before the order was paid."""
    return db.session.scalars(
        select(Fulfilment)
        .where(Fulfilment.order_id == order_id)
        .options(selectinload(Fulfilment.steps))
        .execution_options(populate_existing=True)
    ).one_or_none()


def bench(status: FulfilmentStatus, place_id: int | None, page: int) -> Bench:
    """What has to be done at a step, in one place or in all; what is disputed or given back is left out."""
    here = [] if place_id is None else [Fulfilment.place_id == place_id]
    rows = db.session.scalars(
        select(Fulfilment)
        .join(Fulfilment.order)
        .where(Fulfilment.status == status, to_hand_over(), *here)
        .options(contains_eager(Fulfilment.order).selectinload(Order.lines))
        .order_by(Order.paid_at, Order.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    counted = db.session.execute(
        select(Fulfilment.status, func.count())
        .join(Fulfilment.order)
        .where(Fulfilment.status.in_(OPEN), to_hand_over(), *here)
        .group_by(Fulfilment.status)
    )
    found = {FulfilmentStatus(name): int(number) for name, number in counted}
    return Bench(rows, {step: found.get(step, 0) for step in OPEN})


def count_to_pick() -> int:
    """How many orders wait for somebody to begin."""
    statement = (
        select(func.count())
        .select_from(Fulfilment)
        .join(Fulfilment.order)
        .where(Fulfilment.status == FulfilmentStatus.WAITING, to_hand_over())
    )
    return int(db.session.execute(statement).scalar_one())


def slips(order_ids: Sequence[int]) -> Sequence[Order]:
    """The orders of some packing slips with their lines, in the order asked for."""
    rows = db.session.scalars(
        select(Order).where(Order.id.in_(order_ids)).options(selectinload(Order.lines))
    ).all()
    by_id = {order.id: order for order in rows}
    return [by_id[number] for number in order_ids if number in by_id]


def pieces_to_pack(orders: Iterable[Order]) -> dict[int, list[tuple[int, OrderLine]]]:
    """By order, how many pieces of each line go to the shopper: what was given back stays in the house.

    The orders have their lines loaded. One statement for all of them.
    """
    orders = list(orders)
    given = db.session.execute(
        select(RefundLine.order_line_id, func.sum(RefundLine.quantity))
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(Refund.order_id.in_([order.id for order in orders]), Refund.status.in_(HELD_REFUNDS))
        .group_by(RefundLine.order_line_id)
    )
    back = {line_id: int(quantity) for line_id, quantity in given}
    return {
        order.id: [(left, line) for line in order.lines if (left := line.quantity - back.get(line.id, 0)) > 0]
        for order in orders
    }


def pieces_to_carry(order: Order) -> dict[int, int]:
    """How many of each variant go to the shopper, of those that somebody counts."""
    lines = lines_given_back(order.id, HELD_REFUNDS)
    counted = tracked_of(one.line.variant_id for one in lines)
    wanted: dict[int, int] = {}
    for one in lines:
        variant, left = one.line.variant_id, one.line.quantity - one.pieces
        if counted[variant] and left > 0:
            wanted[variant] = wanted.get(variant, 0) + left
    return wanted


def all_given_back(order: Order) -> bool:
    """Whether everything that was paid went back, or is on its way: its pieces, where nothing was paid."""
    if order.costs_nothing:
        return all(one.pieces >= one.line.quantity for one in lines_given_back(order.id, HELD_REFUNDS))
    return given_back(order.id, HELD_REFUNDS)[0] >= order.captured_minor


def collected_in(place_id: int, order_id: int | None = None) -> Sequence[int]:
    """The orders that are to be collected at a place and have not been: all of them, or that one if it is.

    One that was paid this moment has no way yet, and counts.
    """
    one = [] if order_id is None else [Order.id == order_id]
    return db.session.scalars(_collected(select(Order.id), place_id).where(*one).order_by(Order.id)).all()


def count_collected_in(place_id: int) -> int:
    """How many orders are to be collected at a place and have not been."""
    return db.session.scalar(_collected(select(func.count(Order.id)), place_id)) or 0


def _collected(wanted: Select[int], place_id: int) -> Select[int]:
    return wanted.outerjoin(Fulfilment, Fulfilment.order_id == Order.id).where(
        Order.place_id == place_id,
        Order.delivery == Delivery.PICKUP,
        Order.till_place_id.is_(None),
        or_(Fulfilment.status.is_(None), Fulfilment.status.in_(IN_THE_HOUSE)),
        to_hand_over(),
    )


def shut_notices(order_id: int | None = None) -> Sequence[ShutNotice]:
    """Orders whose store is shut, which nobody has seen to, with order and place: of one order, or all.

    Nothing is left to see to once a day is over, the order has gone or is collected elsewhere.
    """
    one = [] if order_id is None else [ShutNotice.order_id == order_id]
    yesterday = clock.now().date() - timedelta(days=1)  # it is still that day somewhere
    return db.session.scalars(
        select(ShutNotice)
        .join(ShutNotice.order)
        .join(Fulfilment, Fulfilment.order_id == ShutNotice.order_id)
        .where(ShutNotice.settled_at.is_(None), ShutNotice.place_id == Order.place_id, *one)
        .where(ShutNotice.for_good | (ShutNotice.day >= yesterday))
        .where(Fulfilment.status.in_(IN_THE_HOUSE), to_hand_over())
        .options(contains_eager(ShutNotice.order), joinedload(ShutNotice.place))
        .order_by(ShutNotice.told_at, ShutNotice.order_id)
        .limit(MOST_JOBS)
    ).all()


class Way:
    """What orders ask of us (`storefront.orders.ports`)."""

    def lies_at(self, order_id: int) -> int:
        """Where they are picked as long as they have not left; afterwards they come to the warehouse.

        What was bought at a till comes back to that store.
        """
        here = Fulfilment.status.is_(None) | Fulfilment.status.not_in(GONE)
        place = db.session.scalar(
            select(func.coalesce(Order.till_place_id, Fulfilment.place_id))
            .outerjoin(Fulfilment, Fulfilment.order_id == Order.id)
            .where(Order.id == order_id, here)
        )
        return WEB_WAREHOUSE if place is None else place

    def is_off(self) -> ColumnElement[bool]:
        """Whether nobody packs an order (any more), as an expression on `Order`."""
        return (
            select(Fulfilment.order_id)
            .where(Fulfilment.order_id == Order.id, Fulfilment.status == FulfilmentStatus.CANCELLED)
            .correlate(Order)
            .exists()
        )

    def off_among(self, order_ids: Iterable[int]) -> set[int]:
        """Those of these orders that nobody packs (any more)."""
        off = Fulfilment.status == FulfilmentStatus.CANCELLED
        return set(
            db.session.scalars(
                select(Fulfilment.order_id).where(Fulfilment.order_id.in_(list(order_ids)), off)
            )
        )

    def steps_of(self, order_ids: Iterable[int]) -> dict[int, Step]:
        """How far the pieces of these orders are."""
        found = db.session.execute(
            select(Fulfilment.order_id, Fulfilment.status).where(Fulfilment.order_id.in_(list(order_ids)))
        )
        return {order_id: STEPS[FulfilmentStatus(status)] for order_id, status in found}

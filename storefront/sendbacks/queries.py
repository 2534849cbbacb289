from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from storefront.catalog.models import Product
from storefront.exchanges.models import Exchange, ExchangeStatus
from storefront.orders.models import Order, OrderLine
from storefront.sendbacks.errors import SendbackUnknown
from storefront.sendbacks.models import (
    FIT_REASONS,
    OPEN_SENDBACKS,
    Sendback,
    SendbackLine,
    SendbackStatus,
)
from storefront.sendbacks.policy import Pieces

PAGE_SIZE = 40


class Tray(StrEnum):
    """How staff sort what comes back."""

    RECEIVED = "received"
    ASKED = "asked"
    CLOSED = "closed"


_TRAYS: dict[Tray, ColumnElement[bool]] = {
    Tray.RECEIVED: Sendback.status == SendbackStatus.RECEIVED,
    Tray.ASKED: Sendback.status == SendbackStatus.ASKED,
    Tray.CLOSED: Sendback.status.not_in(OPEN_SENDBACKS),
}


def sendback_by_number(number: str) -> Sendback:
    """A return with its lines and its order; raises `SendbackUnknown`."""
    found = db.session.scalars(
        select(Sendback)
        .where(Sendback.number == number.strip().upper())
        .options(*_with_lines(), selectinload(Sendback.order))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise SendbackUnknown()
    return found


def sendbacks_of(order_id: int) -> Sequence[Sendback]:
    """What came back of an order, or is to, the latest first."""
    return db.session.scalars(
        select(Sendback)
        .where(Sendback.order_id == order_id)
        .options(*_with_lines())
        .order_by(Sendback.id.desc())
    ).all()


def sendbacks_by_account(account_id: int, limit: int = 60) -> Sequence[Sendback]:
    """Everything somebody sent back, the latest first, with its order."""
    return db.session.scalars(
        select(Sendback)
        .join(Sendback.order)
        .where(Order.account_id == account_id)
        .options(*_with_lines(), selectinload(Sendback.order))
        .order_by(Sendback.id.desc())
        .limit(limit)
    ).all()


def order_of(number: str) -> int | None:
    """The id of the order a return is of; None for no such return."""
    return db.session.scalar(select(Sendback.order_id).where(Sendback.number == number))


def parts_of(sendback_id: int) -> Sequence[SendbackLine]:
    """The lines of a return alone."""
    return db.session.scalars(
        select(SendbackLine)
        .where(SendbackLine.sendback_id == sendback_id)
        .order_by(SendbackLine.order_line_id)
    ).all()


def lines_by_ids(line_ids: Iterable[int]) -> Sequence[OrderLine]:
    """Lines of an order."""
    return db.session.scalars(select(OrderLine).where(OrderLine.id.in_(list(line_ids)))).all()


def spoken_for(order_id: int) -> dict[Pieces, int]:
    """How many are on their way back for money, or here and not yet settled; an exchange binds its own."""
    rows = db.session.execute(
        select(SendbackLine.order_line_id, SendbackLine.of_exchange, func.sum(SendbackLine.quantity))
        .join(Sendback, Sendback.id == SendbackLine.sendback_id)
        .outerjoin(Exchange, Exchange.id == SendbackLine.instead_id)
        .where(
            Sendback.order_id == order_id,
            Sendback.status.in_(OPEN_SENDBACKS),
            or_(SendbackLine.instead_id.is_(None), Exchange.status == ExchangeStatus.OFF),
        )
        .group_by(SendbackLine.order_line_id, SendbackLine.of_exchange)
    )
    return {(line_id, of_exchange): int(quantity) for line_id, of_exchange, quantity in rows}


def _with_lines() -> tuple[Any, ...]:
    lines = selectinload(Sendback.lines)
    return (
        lines.selectinload(SendbackLine.line),
        lines.selectinload(SendbackLine.instead),
        lines.selectinload(SendbackLine.came_by),
    )


def staff_sendbacks(tray: Tray, page: int) -> tuple[Sequence[Sendback], dict[Tray, int]]:
    """Returns of a tray, those that wait longest first; and how many lie in each."""
    newest_first = tray == Tray.CLOSED
    order_by: Any = Sendback.id.desc() if newest_first else Sendback.id
    rows = db.session.scalars(
        select(Sendback)
        .where(_TRAYS[tray])
        .options(*_with_lines(), selectinload(Sendback.order))
        .order_by(order_by)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    counted = db.session.execute(
        select(*(func.count().filter(condition) for condition in _TRAYS.values())).select_from(Sendback)
    ).one()
    return rows, dict(zip(_TRAYS, (int(number) for number in counted), strict=True))


def count_received() -> int:
    """How many lie here to be looked at."""
    statement = select(func.count()).select_from(Sendback).where(_TRAYS[Tray.RECEIVED])
    return int(db.session.execute(statement).scalar_one())


def said_of_fit() -> ColumnElement[str]:
    """Changes when somebody sends a product back for its size; correlated with `Product`.

    Compiled once into the statement of every product page, so it lists no values that expand later.
    """
    return (
        select(cast(func.count(), Text))
        .where(SendbackLine.product_id == Product.id, or_(*(SendbackLine.why == why for why in FIT_REASONS)))
        .correlate(Product)
        .scalar_subquery()
    )

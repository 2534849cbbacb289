from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from foundation.money import Money
from foundation.payments.objects import Expectation
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.queries import products_by_ids
from storefront.exchanges.errors import ExchangeUnknown
from storefront.exchanges.models import (
    EXCHANGE_MOVES,
    Exchange,
    ExchangeStatus,
)
from storefront.exchanges.policy import difference_minor
from storefront.orders.models import DISPUTED, Dispute, Order, OrderLine
from storefront.stock.queries import available

PAGE_SIZE = 40


@dataclass(frozen=True)
class Other:
    """Another size or colour of a piece: its name, what one costs more (below zero: less), and whether one
    can be had now."""

    variant_id: int
    label: str
    difference: Money
    there: bool


def exchange_by_number(number: str) -> Exchange:
    """An exchange with its order and the line it came from; raises `ExchangeUnknown`."""
    found = db.session.scalars(
        select(Exchange)
        .where(Exchange.number == number.strip().upper())
        .options(selectinload(Exchange.order), selectinload(Exchange.line))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise ExchangeUnknown()
    return found


def exchange_by_id(exchange_id: int) -> Exchange | None:
    """The row alone, as it is now."""
    return db.session.get(Exchange, exchange_id, populate_existing=True)


def exchanges_of(order_id: int) -> Sequence[Exchange]:
    """Every exchange of an order, the latest first, each with the line it came from."""
    return db.session.scalars(
        select(Exchange)
        .where(Exchange.order_id == order_id)
        .options(selectinload(Exchange.line))
        .order_by(Exchange.id.desc())
        .execution_options(populate_existing=True)
    ).all()


def standing(order_id: int) -> Sequence[Exchange]:
    """The exchanges of an order that are not off: their pieces are no more what was sold."""
    return db.session.scalars(
        select(Exchange)
        .where(Exchange.order_id == order_id, Exchange.status != ExchangeStatus.OFF)
        .order_by(Exchange.id)
        .execution_options(populate_existing=True)
    ).all()


def exchange_of_page(session_id: str, reference: str | None) -> Exchange | None:
    """The exchange of a payment page: by its name, or by our number when the name was not kept in time."""
    return db.session.scalars(
        select(Exchange).where(
            or_(Exchange.checkout_session_id == session_id, Exchange.number == (reference or ""))
        )
    ).one_or_none()


def paid_by(payment_intent: str | None) -> Exchange | None:
    """The exchange whose difference this payment at Stripe paid, if it is one of ours."""
    if payment_intent is None:
        return None
    return db.session.scalars(
        select(Exchange).where(Exchange.payment_intent_id == payment_intent)
    ).one_or_none()


def others_of(lines: Iterable[OrderLine], currency: str) -> dict[int, list[Other]]:
    """By line, every other size and colour of its product, for one piece; none where it left the shop."""
    wanted = list(lines)
    products = {product.id: product for product in products_by_ids(line.product_id for line in wanted)}
    old = {
        row.id: row.price_minor
        for row in db.session.execute(
            select(Variant.id, Variant.price_minor).where(
                Variant.id.in_({line.variant_id for line in wanted})
            )
        )
    }
    there = available(variant.id for product in products.values() for variant in product.variants)
    return {
        line.id: [
            Other(
                variant.id,
                variant.label,
                Money(_for_one(line, old[line.variant_id], variant.price_minor), currency),
                there.get(variant.id, 0) > 0,
            )
            for variant in _sold(products.get(line.product_id))
            if variant.id != line.variant_id
        ]
        for line in wanted
    }


def bench(status: ExchangeStatus, page: int) -> tuple[Sequence[Exchange], dict[ExchangeStatus, int]]:
    """Exchanges at a step, those that wait longest first, with order and line; and how many are at each."""
    closed = not EXCHANGE_MOVES.moves[status]
    rows = db.session.scalars(
        select(Exchange)
        .where(Exchange.status == status)
        .options(selectinload(Exchange.order), selectinload(Exchange.line))
        .order_by(Exchange.id.desc() if closed else Exchange.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    counted = db.session.execute(select(Exchange.status, func.count()).group_by(Exchange.status))
    return rows, {ExchangeStatus(name): int(number) for name, number in counted}


def to_pack(limit: int = PAGE_SIZE) -> Sequence[Exchange]:
    """What can be packed now, longest waiting first, with order and line; not what a bank is asking for."""
    return db.session.scalars(
        _packable(select(Exchange))
        .options(selectinload(Exchange.order), selectinload(Exchange.line))
        .order_by(Exchange.id)
        .limit(limit)
    ).all()


def count_to_pack() -> int:
    """How many can be packed now."""
    return int(db.session.execute(_packable(select(func.count(Exchange.id)))).scalar_one())


def overdue(now: datetime, limit: int = 50) -> list[tuple[int, str | None]]:
    """Exchanges whose difference was not paid in time, with Stripe's name of their page if it was opened."""
    found = db.session.execute(
        select(Exchange.id, Exchange.checkout_session_id)
        .where(Exchange.status == ExchangeStatus.UNPAID, Exchange.kept_until < now)
        .order_by(Exchange.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in found]


def believed_differences(since: datetime) -> list[Expectation]:
    """What we believe of the payment page of every difference, for reconciling with Stripe."""
    asked = select(Exchange).where(Exchange.asked_at >= since, Exchange.checkout_session_id.is_not(None))
    return [
        Expectation(
            kind="checkout.session",
            stripe_id=one.checkout_session_id or "",
            ours=f"exchange {one.number}",
            amount=one.difference,
            state="paid" if one.paid_minor else "unpaid",
        )
        for one in db.session.scalars(asked.order_by(Exchange.id))
    ]


class Differences:
    """What orders ask of us (`storefront.orders.ports.Beside`)."""

    def is_disputed(self) -> ColumnElement[bool]:
        """Whether a bank is asking for a difference of an order, as an expression on `Order`."""
        return (
            select(Exchange.id)
            .where(Exchange.order_id == Order.id, Exchange.dispute == Dispute.OPEN)
            .correlate(Order)
            .exists()
        )

    def disputed_among(self, order_ids: Iterable[int]) -> set[int]:
        """Those of these orders of which a bank is asking for a difference."""
        return set(
            db.session.scalars(
                select(Exchange.order_id).where(
                    Exchange.order_id.in_(list(order_ids)), Exchange.dispute == Dispute.OPEN
                )
            )
        )


def _packable(statement: Select[Any]) -> Select[Any]:
    return statement.join(Order, Order.id == Exchange.order_id).where(
        Exchange.status == ExchangeStatus.APPROVED,
        Exchange.dispute != Dispute.OPEN,
        Order.dispute.not_in(DISPUTED),
    )


def _sold(product: Product | None) -> Sequence[Variant]:
    return product.variants if product is not None and product.status == ProductStatus.ACTIVE else ()


def _for_one(line: OrderLine, old_minor: int, new_minor: int) -> int:
    return difference_minor(
        old_minor=old_minor,
        new_minor=new_minor,
        quantity=1,
        gross_minor=line.gross_minor,
        paid_minor=line.paid_minor,
        worth_minor=line.paid_minor // line.quantity,
    )

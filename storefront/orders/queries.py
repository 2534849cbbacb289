from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.orm import selectinload

from foundation import clock
from foundation.db import db, rows
from foundation.payments.objects import Expectation
from storefront.orders.errors import OrderUnknown
from storefront.orders.models import (
    TAKEN_REFUNDS,
    Dispute,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
    RefundLine,
    RefundStatus,
)
from storefront.orders.policy import STAFF_ADVICE, after_loss, counted_minor

# How long what was chosen for an order that was not paid is offered again.
REMEMBERED = timedelta(hours=1)

_BEFORE = text(
    """
    SELECT 1 FROM orders
    WHERE (email = :email OR account_id = CAST(:account_id AS bigint)) AND paid_at IS NOT NULL LIMIT 1
    """
)


@dataclass(frozen=True)
class SaleLine:
    """A line as other packages see it. Amounts include tax but for `net_minor`; refunds taken are counted.

    `counted_minor` is what of it is still earned on: what came back is gone, what was given as goodwill is
    not unless staff said so, and a lost dispute took its part.
    """

    line_id: int
    product_id: int
    variant_id: int
    category: str
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    options_label: str
    quantity: int
    unit_price_minor: int
    gross_minor: int
    discount_minor: int
    net_minor: int
    tax_bps: int
    origin_kind: str | None
    origin_ref: str | None
    origin_label: str | None
    refunded_quantity: int
    refunded_minor: int
    counted_minor: int

    @property
    def advised(self) -> bool:
        """Whether it was sold on the advice of staff."""
        return self.origin_kind == STAFF_ADVICE

    @property
    def paid_minor(self) -> int:
        return self.gross_minor - self.discount_minor


@dataclass(frozen=True)
class Sale:
    """One order as other packages see it, as of now."""

    order_id: int
    number: str
    currency: str
    status: str
    account_id: int | None
    email: str
    visit_id: str | None
    checkout_began_at: datetime
    placed_at: datetime
    paid_at: datetime | None
    delivered_at: datetime | None
    dispute: str
    till_place_id: int | None
    credit_code: str | None
    lines: tuple[SaleLine, ...]
    voucher_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenOrder:
    """An order of this shopper that still waits for its payment page."""

    order_id: int
    form_key: str
    token: str
    session_id: str | None
    status: str


def sale(order_id: int) -> Sale:
    """An order with what came back of each line; raises `OrderUnknown`.

    Two statements, and a third when a dispute of it was lost.
    """
    order = db.session.scalars(
        select(Order).where(Order.id == order_id).execution_options(populate_existing=True)
    ).one_or_none()
    if order is None:
        raise OrderUnknown()
    found = lines_given_back(order_id, TAKEN_REFUNDS)
    counted = [
        counted_minor(one.line.paid_minor, one.line.quantity, one.counted_pieces, one.counted_minor)
        for one in found
    ]
    if order.dispute == Dispute.LOST:
        delivery = max(0, order.shipping_minor - given_back(order_id, TAKEN_REFUNDS)[1])
        *counted, _delivery = after_loss(order.disputed_minor, [*counted, delivery])
    lines = tuple(_sale_line(one, left) for one, left in zip(found, counted, strict=True))
    return Sale(
        order_id=order.id,
        number=order.number,
        currency=order.currency,
        status=order.status,
        account_id=order.account_id,
        email=order.email,
        visit_id=order.visit_id,
        checkout_began_at=order.checkout_began_at,
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        delivered_at=order.delivered_at,
        dispute=order.dispute,
        till_place_id=order.till_place_id,
        credit_code=order.credit_code,
        lines=lines,
        voucher_codes=tuple(order.voucher_codes),
    )


class GivenBack(NamedTuple):
    """A line with what went back of it: pieces, money, and what of both is no longer earned on."""

    line: OrderLine
    pieces: int
    minor: int
    counted_pieces: int
    counted_minor: int


def lines_given_back(order_id: int, statuses: Sequence[RefundStatus]) -> list[GivenBack]:
    """The lines of an order with what refunds of these statuses gave back of each."""
    sums = ("quantity", "amount_minor", "counted_pieces", "counted_minor")
    given = (
        select(
            RefundLine.order_line_id,
            *(func.sum(getattr(RefundLine, name)).label(name) for name in sums),
        )
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(Refund.order_id == order_id, Refund.status.in_(statuses))
        .group_by(RefundLine.order_line_id)
        .subquery()
    )
    found = db.session.execute(
        select(OrderLine, *(func.coalesce(given.c[name], 0) for name in sums))
        .outerjoin(given, given.c.order_line_id == OrderLine.id)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.position)
    )
    return [GivenBack(line, *map(int, given)) for line, *given in found]


def lines_of_order(order_id: int) -> Sequence[OrderLine]:
    """The lines of an order, as they stand on it."""
    wanted = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position)
    return db.session.scalars(wanted).all()


def given_back(order_id: int, statuses: Sequence[RefundStatus]) -> tuple[int, int]:
    """What refunds of these statuses gave back of an order’s own payment: all, and the delivery in it."""
    total, shipping = db.session.execute(
        select(
            func.coalesce(func.sum(Refund.amount_minor), 0),
            func.coalesce(func.sum(Refund.shipping_minor), 0),
        ).where(Refund.order_id == order_id, Refund.payment_intent_id.is_(None), Refund.status.in_(statuses))
    ).one()
    return int(total), int(shipping)


def _sale_line(given: GivenBack, counted: int) -> SaleLine:
    line = given.line
    return SaleLine(
        line_id=line.id,
        product_id=line.product_id,
        variant_id=line.variant_id,
        category=line.category,
        title=line.title,
        title_it=line.title_it,
        colour=line.colour,
        colour_it=line.colour_it,
        options_label=line.options_label,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        gross_minor=line.gross_minor,
        discount_minor=line.discount_minor,
        net_minor=line.net_minor,
        tax_bps=line.tax_bps,
        origin_kind=line.origin_kind,
        origin_ref=line.origin_ref,
        origin_label=line.origin_label,
        refunded_quantity=given.pieces,
        refunded_minor=given.minor,
        counted_minor=counted,
    )


def order_by_token(token: str) -> Order:
    """The order behind its secret address, with lines and refunds; raises `OrderUnknown`."""
    return _whole(Order.token == token)


def order_by_number(number: str) -> Order:
    """The order for staff, with lines and refunds; raises `OrderUnknown`."""
    return _whole(Order.number == number.strip().upper())


def order_by_id(order_id: int) -> Order:
    """The row alone, as it is now; raises `OrderUnknown`."""
    order = db.session.get(Order, order_id, populate_existing=True)
    if order is None:
        raise OrderUnknown()
    return order


def order_by_session(session_id: str) -> Order:
    """The order of a payment page; raises `OrderUnknown`."""
    order = db.session.scalars(select(Order).where(Order.checkout_session_id == session_id)).one_or_none()
    if order is None:
        raise OrderUnknown()
    return order


def ordered_before(email: str, account_id: int | None) -> bool:
    """Whether this address or this account has paid for an order before."""
    return bool(rows(_BEFORE, {"email": email, "account_id": account_id}))


def order_by_form_key(form_key: str) -> Order | None:
    """The order that this very form made before, if it did."""
    return db.session.scalars(select(Order).where(Order.form_key == form_key)).one_or_none()


def form_keys_taken(keys: Sequence[str]) -> set[str]:
    """Which of these keys an order was placed with."""
    return set(db.session.scalars(select(Order.form_key).where(Order.form_key.in_(keys))))


def open_orders(*, visit: str | None, account_id: int | None) -> list[OpenOrder]:
    """Orders of this shopper that wait for payment: pressing the button again closes them first."""
    if account_id is not None:
        owner = Order.account_id == account_id
    else:
        owner = Order.account_id.is_(None) & (Order.visit_id == visit)
    found = db.session.execute(
        select(Order.id, Order.form_key, Order.token, Order.checkout_session_id, Order.status)
        .where(owner, Order.status == OrderStatus.AWAITING_PAYMENT, Order.till_place_id.is_(None))
        .order_by(Order.id)
    )
    return [OpenOrder(*row) for row in found]


def last_unpaid(*, visit: str | None, account_id: int | None) -> Order | None:
    """The newest order of this shopper, if it was not paid and is no older than an hour: what was chosen for
    it is chosen still.
    """
    if account_id is None and visit is None:
        return None
    owner = Order.account_id == account_id if account_id is not None else Order.visit_id == visit
    if account_id is None:
        owner &= Order.account_id.is_(None)
    newest = db.session.scalars(select(Order).where(owner).order_by(Order.id.desc()).limit(1)).one_or_none()
    if newest is None or newest.bought or clock.now() - newest.placed_at > REMEMBERED:
        return None
    return newest


def unsettled(*, due: datetime, stale: datetime, limit: int = 50) -> Sequence[Order]:
    """Orders to ask Stripe about: their page has closed, it was never opened, or money is on its way.

    `stale`: those not looked at since; the ones waiting longest come first.
    """
    return db.session.scalars(
        select(Order)
        .where(
            Order.status.in_((OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING)),
            or_(
                Order.expires_at < due,
                Order.status == OrderStatus.PROCESSING,
                Order.checkout_session_id.is_(None) & (Order.placed_at < stale),
            ),
            or_(Order.checked_at.is_(None), Order.checked_at < stale),
        )
        .order_by(Order.checked_at.asc().nulls_first(), Order.id)
        .limit(limit)
    ).all()


def _whole(*conditions: ColumnElement[bool]) -> Order:
    order = db.session.scalars(
        select(Order)
        .where(*conditions)
        .options(selectinload(Order.lines), selectinload(Order.refunds).selectinload(Refund.lines))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if order is None:
        raise OrderUnknown()
    return order


def believed_checkouts(since: datetime) -> list[Expectation]:
    """What we believe of the payment page of every order placed since then, for reconciling with Stripe.

    An order under review is a question to a person: both answers are right until it is answered. Money that
    came after an order had ended was paid as well, also when it went back.
    """
    placed = select(Order).where(Order.placed_at >= since, Order.checkout_session_id.is_not(None))
    return [
        Expectation(
            kind="checkout.session",
            stripe_id=order.checkout_session_id or "",
            ours=f"order {order.number}",
            amount=order.total,
            state=None
            if order.status == OrderStatus.NEEDS_REVIEW
            else ("paid" if order.captured_minor else "unpaid"),
        )
        for order in db.session.scalars(placed.order_by(Order.id))
    ]

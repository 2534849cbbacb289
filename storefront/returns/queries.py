from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from foundation.db import db
from foundation.money import Money
from foundation.payments.objects import Expectation
from storefront.orders.models import TAKEN_REFUNDS, Order, OrderLine, Refund, RefundLine, RefundStatus
from storefront.orders.queries import lines_given_back
from storefront.returns.policy import Returnable

Failed = aliased(Refund)
Taken = aliased(Refund)
Counted = aliased(RefundLine)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What Stripe is to be asked, and since when it stands."""

    payment_intent: str
    amount: Money
    key: str
    order_number: str
    requested_at: datetime


def returnables(order_id: int, statuses: Sequence[RefundStatus]) -> list[Returnable]:
    """The lines of an order with what refunds of these statuses gave back of each; one statement."""
    return [
        Returnable(line.id, line.variant_id, line.quantity, line.paid_minor, quantity, minor)
        for line, quantity, minor in lines_given_back(order_id, statuses)
    ]


def to_send(refund_id: int) -> Outgoing | None:
    """What to ask Stripe for a refund; None when it was sent before."""
    row = db.session.execute(
        select(Refund, Order).join(Order, Order.id == Refund.order_id).where(Refund.id == refund_id)
    ).one_or_none()
    if row is None:
        return None
    refund, order = row
    if refund.status != RefundStatus.REQUESTED or order.payment_intent_id is None:
        return None
    return Outgoing(
        payment_intent=order.payment_intent_id,
        amount=Money(refund.amount_minor, order.currency),
        key=refund.idempotency_key,
        order_number=order.number,
        requested_at=refund.requested_at,
    )


def order_paid_by(payment_intent: str | None) -> int | None:
    """The order that this payment at Stripe paid for, if it is one of ours."""
    if payment_intent is None:
        return None
    return db.session.scalars(select(Order.id).where(Order.payment_intent_id == payment_intent)).one_or_none()


def refund_by_key(key: str) -> Refund | None:
    return db.session.scalars(select(Refund).where(Refund.idempotency_key == key)).one_or_none()


def refund_known_as(stripe_id: str, key: str | None) -> Refund | None:
    """The refund Stripe speaks of: by its name, or by the key we sent when its name was not kept in time."""
    found = db.session.scalars(select(Refund).where(Refund.stripe_refund_id == stripe_id)).one_or_none()
    return refund_by_key(key) if found is None and key is not None else found


def lines_of(refund_id: int) -> list[tuple[OrderLine, RefundLine]]:
    rows = db.session.execute(
        select(OrderLine, RefundLine)
        .join(RefundLine, RefundLine.order_line_id == OrderLine.id)
        .where(RefundLine.refund_id == refund_id)
        .order_by(OrderLine.position)
    )
    return [(line, part) for line, part in rows]


def pieces_to_put_back(refund_id: int) -> list[tuple[RefundLine, int, int]]:
    """Of each part that wishes it: its variant, and how many pieces came back and are not on the shelf yet.

    Counted over all refunds of the line: what came back is in those Stripe has taken, what hangs on the rail
    may have been put there by one that failed later. By variant, the order in which they are locked.
    """
    came_back = func.sum(Counted.quantity).filter(Counted.restock, Taken.status.in_(TAKEN_REFUNDS))
    counted = (
        select(
            Counted.order_line_id,
            (func.coalesce(came_back, 0) - func.sum(Counted.put_back)).label("missing"),
        )
        .join(Taken, Taken.id == Counted.refund_id)
        .where(Taken.order_id == select(Refund.order_id).where(Refund.id == refund_id).scalar_subquery())
        .group_by(Counted.order_line_id)
        .subquery()
    )
    rows = db.session.execute(
        select(RefundLine, OrderLine.variant_id, counted.c.missing)
        .join(OrderLine, OrderLine.id == RefundLine.order_line_id)
        .join(counted, counted.c.order_line_id == RefundLine.order_line_id)
        .where(RefundLine.refund_id == refund_id, RefundLine.restock)
        .order_by(OrderLine.variant_id, OrderLine.id)
    )
    wanted = [
        (part, variant, min(int(missing), part.quantity - part.put_back)) for part, variant, missing in rows
    ]
    return [(part, variant, missing) for part, variant, missing in wanted if missing > 0]


def left_behind(
    *, requested_before: datetime, pending_before: datetime, limit: int = 50
) -> tuple[list[int], list[tuple[int, str]]]:
    """Refunds nobody sent, and refunds Stripe has not told the end of (with Stripe's name).

    Those nobody asked about for longest come first, so that no fifty of them keep the others waiting. One
    that failed and then arrived is asked about once more: news of its success may have come out of turn.
    """
    requested = db.session.scalars(
        select(Refund.id)
        .where(Refund.status == RefundStatus.REQUESTED, Refund.requested_at < requested_before)
        .order_by(Refund.id)
        .limit(limit)
    ).all()
    pending = db.session.execute(
        select(Refund.id, Refund.stripe_refund_id)
        .where(
            Refund.stripe_refund_id.is_not(None),
            or_(
                (Refund.status == RefundStatus.PENDING) & (Refund.requested_at < pending_before),
                (Refund.status == RefundStatus.SUCCEEDED)
                & Refund.failure.is_not(None)
                & (func.coalesce(Refund.looked_at, Refund.requested_at) <= Refund.settled_at),
            ),
        )
        .order_by(Refund.looked_at.asc().nulls_first(), Refund.id)
        .limit(limit)
    )
    return list(requested), [(number, name) for number, name in pending if name]


def failed_refunds(limit: int = 50) -> Sequence[tuple[Refund, Order]]:
    """Refunds that did not reach the shopper and that nobody has made good since: money we still owe."""
    later = (
        select(Refund.id)
        .where(
            Refund.order_id == Order.id,
            Refund.requested_at > func.coalesce(Failed.settled_at, Failed.requested_at),
            Refund.status.in_((RefundStatus.REQUESTED, RefundStatus.PENDING, RefundStatus.SUCCEEDED)),
        )
        .exists()
    )
    rows = db.session.execute(
        select(Failed, Order)
        .join(Order, Order.id == Failed.order_id)
        .where(Failed.status == RefundStatus.FAILED, ~later)
        .order_by(Failed.id)
        .limit(limit)
    )
    return [(refund, order) for refund, order in rows]


STRIPES_WORD = {RefundStatus.CANCELLED: "canceled"}


def believed_refunds(since: datetime) -> list[Expectation]:
    """What we believe of every refund asked of Stripe since then, for reconciling."""
    rows = db.session.execute(
        select(Refund, Order)
        .join(Order, Order.id == Refund.order_id)
        .where(Refund.requested_at >= since, Refund.stripe_refund_id.is_not(None))
        .order_by(Refund.id)
    )
    return [
        Expectation(
            kind="refund",
            stripe_id=refund.stripe_refund_id or "",
            ours=f"refund {refund.id} of order {order.number}",
            amount=Money(refund.amount_minor, order.currency),
            state=STRIPES_WORD.get(refund.status, str(refund.status)),
        )
        for refund, order in rows
    ]

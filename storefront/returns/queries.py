from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from foundation.db import db
from foundation.money import Money
from foundation.payments.objects import Expectation
from storefront.exchanges.models import GONE_OUT, OPEN_EXCHANGES, Exchange
from storefront.exchanges.queries import standing
from storefront.orders.models import (
    TAKEN_REFUNDS,
    Dispute,
    Order,
    OrderLine,
    PaidWith,
    Refund,
    RefundLine,
    RefundStatus,
)
from storefront.orders.queries import lines_of_order
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
    """The pieces of an order with what refunds of these statuses gave back of them, line by line.

    Those that came by an exchange stand after those that were sold, with what they are worth apart: what
    the difference to a cheaper piece gave back is gone from what they cost, and is not counted twice.
    """
    exchanges = standing(order_id)
    given = _given_back_of(order_id, statuses, {one.id for one in exchanges})
    nothing = _Given(0, 0, 0)
    found = []
    for line in lines_of_order(order_id):
        apart = [one for one in exchanges if one.order_line_id == line.id]
        found.append(
            Returnable(
                line.id,
                line.variant_id,
                line.quantity - sum(one.quantity for one in apart),
                line.paid_minor - sum(one.worth_minor for one in apart),
                (back := given.get((line.id, 0), nothing)).pieces,
                back.minor,
                spared_minor=back.spared,
            )
        )
        for one in apart:
            cheaper = max(-one.difference_minor, 0) if one.status not in OPEN_EXCHANGES else 0
            back = given.get((line.id, one.id), nothing)
            found.append(
                Returnable(
                    line.id,
                    line.variant_id if one.status in OPEN_EXCHANGES else one.variant_id,
                    one.quantity,
                    one.worth_minor - cheaper,
                    back.pieces,
                    max(back.minor - cheaper, 0),
                    of_exchange=one.id,
                    bound=one.status not in GONE_OUT,
                    cheaper_minor=cheaper,
                    spared_minor=back.spared,
                )
            )
    return found


class _Given(NamedTuple):
    """Pieces and money, and what of the money touched nothing that is earned."""

    pieces: int
    minor: int
    spared: int


def _given_back_of(
    order_id: int, statuses: Sequence[RefundStatus], exchanges: set[int]
) -> dict[tuple[int, int], _Given]:
    """What was given back, by line and exchange; that of an exchange that is off is as it was sold."""
    spared = func.sum(RefundLine.amount_minor - RefundLine.counted_minor).filter(RefundLine.quantity == 0)
    rows = db.session.execute(
        select(
            RefundLine.order_line_id,
            RefundLine.of_exchange,
            func.sum(RefundLine.quantity),
            func.sum(RefundLine.amount_minor),
            func.coalesce(spared, 0),
        )
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(Refund.order_id == order_id, Refund.status.in_(statuses))
        .group_by(RefundLine.order_line_id, RefundLine.of_exchange)
    )
    given: dict[tuple[int, int], _Given] = {}
    for line_id, of_exchange, *sums in rows:
        key = (line_id, of_exchange if of_exchange in exchanges else 0)
        before = given.get(key, (0, 0, 0))
        given[key] = _Given(*(had + int(more) for had, more in zip(before, sums, strict=True)))
    return given


def to_send(refund_id: int) -> Outgoing | None:
    """What to ask Stripe for a refund; None when it was sent before."""
    row = db.session.execute(
        select(Refund, Order).join(Order, Order.id == Refund.order_id).where(Refund.id == refund_id)
    ).one_or_none()
    if row is None:
        return None
    refund, order = row
    paid_with = refund.payment_intent_id or order.payment_intent_id
    if refund.status != RefundStatus.REQUESTED or paid_with is None:
        return None
    return Outgoing(
        payment_intent=paid_with,
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


def difference_given_back(payment_intent: str, statuses: Sequence[RefundStatus]) -> int:
    """What refunds of these statuses gave back of the payment of a difference."""
    given = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.payment_intent_id == payment_intent, Refund.status.in_(statuses)
    )
    return int(db.session.execute(given).scalar_one())


def differences_kept(order_id: int) -> list[tuple[str, int]]:
    """What was paid beside an order for its exchanges, by their number, less what went back of it."""
    back = func.coalesce(func.sum(Refund.amount_minor), 0)
    found = db.session.execute(
        select(Exchange.number, Exchange.paid_minor - back)
        .outerjoin(
            Refund,
            (Refund.payment_intent_id == Exchange.payment_intent_id) & Refund.status.in_(TAKEN_REFUNDS),
        )
        .where(Exchange.order_id == order_id, Exchange.paid_minor > 0, Exchange.dispute != Dispute.LOST)
        .group_by(Exchange.id)
        .order_by(Exchange.id)
    )
    return [(number, int(minor)) for number, minor in found if minor]


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

    Counted over all refunds of these pieces: what came back is in those Stripe has taken, what hangs on the
    rail may have been put there by one that failed later. By variant, the order in which they are locked.
    """
    came_back = func.sum(Counted.quantity).filter(Counted.restock, Taken.status.in_(TAKEN_REFUNDS))
    counted = (
        select(
            Counted.order_line_id,
            Counted.of_exchange,
            (func.coalesce(came_back, 0) - func.sum(Counted.put_back)).label("missing"),
        )
        .join(Taken, Taken.id == Counted.refund_id)
        .where(Taken.order_id == select(Refund.order_id).where(Refund.id == refund_id).scalar_subquery())
        .group_by(Counted.order_line_id, Counted.of_exchange)
        .subquery()
    )
    variant = func.coalesce(Exchange.variant_id, OrderLine.variant_id)
    rows = db.session.execute(
        select(RefundLine, variant, counted.c.missing)
        .join(OrderLine, OrderLine.id == RefundLine.order_line_id)
        .outerjoin(Exchange, Exchange.id == RefundLine.of_exchange)
        .join(
            counted,
            (counted.c.order_line_id == RefundLine.order_line_id)
            & (counted.c.of_exchange == RefundLine.of_exchange),
        )
        .where(RefundLine.refund_id == refund_id, RefundLine.restock)
        .order_by(variant, OrderLine.id)
    )
    wanted = [
        (part, which, min(int(missing), part.quantity - part.put_back)) for part, which, missing in rows
    ]
    return [(part, which, missing) for part, which, missing in wanted if missing > 0]


def left_behind(
    *, requested_before: datetime, pending_before: datetime, limit: int = 50
) -> tuple[list[int], list[tuple[int, str]]]:
    """Refunds nobody sent, and refunds Stripe has not told the end of (with Stripe's name).

    Those nobody asked about for longest come first, so that no fifty of them keep the others waiting. One
    that failed and then arrived is asked about once more: news of its success may have come out of turn.
    """
    requested = db.session.scalars(
        select(Refund.id)
        .join(Order, Order.id == Refund.order_id)
        .where(
            Refund.status == RefundStatus.REQUESTED,
            Refund.requested_at < requested_before,
            or_(Order.paid_with == PaidWith.CARD, Refund.payment_intent_id.is_not(None)),
        )
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

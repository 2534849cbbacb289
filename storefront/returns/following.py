"""Money on its way back, moved on only by what Stripe says of it, or a till that paid it back."""

from __future__ import annotations

from collections.abc import Sequence

from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.money import Money
from foundation.payments import objects as stripe_says
from foundation.states import IllegalMove
from storefront.exchanges.models import Exchange
from storefront.exchanges.queries import paid_by
from storefront.orders import letters
from storefront.orders.errors import BackByStripe, OrderUnknown
from storefront.orders.facts import LinesRefunded, RefundFailed
from storefront.orders.locking import locked
from storefront.orders.models import (
    REFUND_MOVES,
    TAKEN_REFUNDS,
    Order,
    Refund,
    RefundStatus,
)
from storefront.orders.paying import close_given_back
from storefront.orders.ports import way
from storefront.orders.queries import given_back
from storefront.returns.actions import save, spread_over
from storefront.returns.policy import Part
from storefront.returns.queries import (
    lines_of,
    order_paid_by,
    pieces_to_put_back,
    refund_known_as,
    returnables,
)
from storefront.stock.actions import put_back

BY_STRIPE = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.CANCELLED,
}


def note_refused(*, actor: Actor, refund_id: int, why: str) -> None:
    """Stripe said no for certain: nothing was given back, and staff are told."""
    refund = db.session.get(Refund, refund_id)
    if refund is None:
        return
    order = locked(Order.id == refund.order_id)
    db.session.refresh(refund)
    _move(actor, order, refund, RefundStatus.FAILED, why)


def note_stripe(*, actor: Actor, told: stripe_says.Refund) -> Refund | None:
    """Bring a refund up to what Stripe says of it; one made on the Dashboard is written down first.

    None when the payment is none of ours.
    """
    refund = refund_known_as(told.id, told.metadata.get("refund"))
    if refund is not None:
        order = locked(Order.id == refund.order_id)
        db.session.refresh(refund)
    else:
        found = order_paid_by(told.payment_intent)
        exchange = paid_by(told.payment_intent) if found is None else None
        if exchange is not None:
            found = exchange.order_id
        if found is None:
            return None
        order = locked(Order.id == found)
        refund = refund_known_as(told.id, None) or _made_elsewhere(order, told, exchange)
    refund.stripe_refund_id = told.id
    _move(actor, order, refund, BY_STRIPE[told.status], told.failure_reason)
    return refund


def note_paid_back(*, actor: Actor, refund_id: int) -> Refund:
    """Money of a sale over the counter was given back there. Raises `IllegalMove` when it was before, and
    `BackByStripe` when it did not come over a counter."""
    refund = db.session.get(Refund, refund_id)
    if refund is None:
        raise OrderUnknown()
    order = locked(Order.id == refund.order_id)
    db.session.refresh(refund)
    if not order.over_the_counter or refund.payment_intent_id is not None:
        raise BackByStripe()
    if refund.status != RefundStatus.REQUESTED:
        raise IllegalMove(start=str(refund.status), end=str(RefundStatus.SUCCEEDED))
    _move(actor, order, refund, RefundStatus.SUCCEEDED, None)
    return refund


def note_for_nothing(*, actor: Actor, refund_id: int) -> bool:
    """Pieces came back whose money went back before: there is nothing to send. False for any other refund."""
    refund = db.session.get(Refund, refund_id)
    if refund is None or refund.amount_minor:
        return False
    order = locked(Order.id == refund.order_id)
    db.session.refresh(refund)
    _move(actor, order, refund, RefundStatus.SUCCEEDED, None)
    return True


def note_looked(*, refund_id: int) -> None:
    """Stripe was asked how a refund stands; who was asked about longest ago comes next."""
    refund = db.session.get(Refund, refund_id)
    if refund is not None:
        refund.looked_at = clock.now()
        db.session.flush()


def _made_elsewhere(order: Order, told: stripe_says.Refund, exchange: Exchange | None) -> Refund:
    """A refund from the Dashboard names no lines: it is spread over what each can still give back.

    What was paid for the difference of an `exchange` is no line's.
    """
    taken_delivery = given_back(order.id, TAKEN_REFUNDS)[1]
    lines = returnables(order.id, TAKEN_REFUNDS)
    parts: Sequence[Part] = ()
    delivery = 0
    if exchange is None:
        parts, delivery = spread_over(lines, order.shipping_minor - taken_delivery, told.amount.minor)
    refund = Refund(
        order_id=order.id,
        status=RefundStatus.REQUESTED,
        amount_minor=told.amount.minor,
        shipping_minor=delivery,
        reason="Stripe Dashboard",
        idempotency_key=f"stripe:{told.id}",
        stripe_refund_id=told.id,
        payment_intent_id=exchange.payment_intent_id if exchange is not None else None,
        requested_by="Stripe",
        requested_at=clock.now(),
    )
    save(refund, parts, restock=False)
    return refund


def _move(actor: Actor, order: Order, refund: Refund, end: RefundStatus, why: str | None) -> None:
    """One step of a refund, with what it means to others. A step back in time is not taken."""
    start = refund.status
    if start == end or not REFUND_MOVES.allows(start, end):
        return
    REFUND_MOVES.move(refund, end)
    refund.settled_at = clock.now() if end != RefundStatus.PENDING else None
    if end in (RefundStatus.FAILED, RefundStatus.CANCELLED):
        refund.failure = (why or "")[:500] or None
    record(
        actor=actor,
        action=f"returns.{end}",
        subject=("order", order.id),
        before={"status": start},
        after={"refund": refund.id, "amount_minor": refund.amount_minor},
    )
    db.session.flush()
    taken = end in TAKEN_REFUNDS
    if taken and start not in TAKEN_REFUNDS:
        if order.paid_at is not None and refund.payment_intent_id is None:
            _restock(actor, order, refund)
            facts.record(LinesRefunded(order_id=order.id, refund_id=refund.id, refunded_at=clock.now()))
        if given_back(order.id, TAKEN_REFUNDS)[0] >= order.captured_minor:
            close_given_back(actor=actor, order=order)
        # What was called off before anything was paid or sent has had its letter.
        never_left = order.costs_nothing and order.delivered_at is None
        if refund.amount_minor or (refund.payment_intent_id is None and not never_left):
            letters.refunded(order, lines_of(refund.id), Money(refund.amount_minor, order.currency))
    elif not taken and start in TAKEN_REFUNDS and order.paid_at is not None and not refund.payment_intent_id:
        facts.record(RefundFailed(order_id=order.id, refund_id=refund.id))


def _restock(actor: Actor, order: Order, refund: Refund) -> None:
    """The pieces of a refund Stripe has taken hang on the rail again; only what was sold can come back.

    A piece whose refund failed afterwards hangs there still: the refund that makes it good brings no second
    one. So each line is brought to the count of what came back, whatever was put back before.
    """
    here = way().lies_at(order.id)
    for part, variant_id, missing in pieces_to_put_back(refund.id):
        part.put_back += missing
        put_back(
            actor=actor,
            variant_id=variant_id,
            quantity=missing,
            reason=order.number,
            order_id=order.id,
            order_line_id=part.order_line_id,
            place_id=here,
        )
    db.session.flush()

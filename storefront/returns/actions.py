"""Money back. Written down under the order's lock, sent by a job, and moved on only by what Stripe says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from foundation import clock, facts, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.jobs.queue import defer
from foundation.money import Money
from foundation.payments import objects as stripe_says
from storefront.orders import letters
from storefront.orders.errors import MoreThanPaid, NothingChosen, PaymentIsDisputed
from storefront.orders.facts import LinesRefunded, RefundFailed
from storefront.orders.locking import locked
from storefront.orders.models import (
    DISPUTED,
    HELD_REFUNDS,
    REFUND_MOVES,
    TAKEN_REFUNDS,
    Order,
    Refund,
    RefundLine,
    RefundStatus,
)
from storefront.orders.paying import close_given_back
from storefront.orders.ports import way
from storefront.orders.queries import given_back
from storefront.returns.policy import Part, Returnable, parts_of, spread
from storefront.returns.queries import (
    lines_of,
    order_paid_by,
    pieces_to_put_back,
    refund_by_key,
    refund_known_as,
    returnables,
)
from storefront.stock.actions import put_back

SEND = "returns.send_refund"
Restock = bool | Collection[int]
BY_STRIPE = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.CANCELLED,
}


def request_refund(
    *,
    actor: Actor,
    order_id: int,
    chosen: Mapping[int, int],
    with_delivery: bool,
    restock: Restock,
    reason: str,
    key: str | None = None,
) -> Refund:
    """Give back the chosen pieces (line: quantity), and what delivery cost if asked.

    `restock`: whether they hang on the rail again, or the lines of which they do.

    Raises `NothingChosen`, `MoreThanPaid`, or `PaymentIsDisputed`. Two at once are one after the other: the
    order's lock is taken before anything is counted. The same `key` again gives the first refund.
    """
    order = locked(Order.id == order_id)
    before = refund_by_key(key) if key is not None else None
    if before is not None:
        return before
    _refuse_disputed(order)
    held, held_delivery = given_back(order.id, HELD_REFUNDS)
    delivery = order.shipping_minor - held_delivery if with_delivery else 0
    only_delivery = not chosen and delivery > 0
    parts = [] if only_delivery else parts_of(returnables(order.id, HELD_REFUNDS), chosen)
    amount = sum(part.amount_minor for part in parts) + delivery
    if amount <= 0:
        raise NothingChosen()
    if held + amount > order.captured_minor:
        raise MoreThanPaid()
    return _write(actor, order, parts, delivery, amount, reason, restock, key or f"refund:{ids.token()}")


def request_rest(
    *, actor: Actor, order_id: int, reason: str, key: str, restock: bool = False
) -> Refund | None:
    """Give back all that is left of a payment; None when nothing is. The same `key` again changes nothing."""
    order = locked(Order.id == order_id)
    before = refund_by_key(key)
    if before is not None:
        return before
    held, held_delivery = given_back(order.id, HELD_REFUNDS)
    amount = order.captured_minor - held
    if amount <= 0:
        return None
    lines = returnables(order.id, HELD_REFUNDS)
    parts, delivery = _spread(lines, order.shipping_minor - held_delivery, amount)
    return _write(actor, order, parts, delivery, amount, reason, restock, key)


def request_goodwill(*, actor: Actor, order_id: int, amount_minor: int, reason: str, key: str) -> Refund:
    """Give back a sum without a piece coming back, because something was not as it should be.

    It is spread over what the lines and the delivery can still give back, so that what an editor earned
    shrinks with it. Raises `NothingChosen` below one cent, `MoreThanPaid`, or `PaymentIsDisputed`; the same
    `key` again gives the first refund.
    """
    order = locked(Order.id == order_id)
    before = refund_by_key(key)
    if before is not None:
        return before
    _refuse_disputed(order)
    if amount_minor <= 0:
        raise NothingChosen()
    held, held_delivery = given_back(order.id, HELD_REFUNDS)
    if held + amount_minor > order.captured_minor:
        raise MoreThanPaid()
    lines = returnables(order.id, HELD_REFUNDS)
    parts, delivery = _spread(lines, order.shipping_minor - held_delivery, amount_minor)
    kept = [replace(part, quantity=0) for part in parts if part.amount_minor]
    return _write(actor, order, kept, delivery, amount_minor, reason, False, key)


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
        if found is None:
            return None
        order = locked(Order.id == found)
        refund = refund_known_as(told.id, None) or _made_elsewhere(order, told)
    refund.stripe_refund_id = told.id
    _move(actor, order, refund, BY_STRIPE[told.status], told.failure_reason)
    return refund


def note_looked(*, refund_id: int) -> None:
    """Stripe was asked how a refund stands; who was asked about longest ago comes next."""
    refund = db.session.get(Refund, refund_id)
    if refund is not None:
        refund.looked_at = clock.now()
        db.session.flush()


def _made_elsewhere(order: Order, told: stripe_says.Refund) -> Refund:
    """A refund from the Dashboard names no lines: it is spread over what each can still give back."""
    taken_delivery = given_back(order.id, TAKEN_REFUNDS)[1]
    lines = returnables(order.id, TAKEN_REFUNDS)
    parts, delivery = _spread(lines, order.shipping_minor - taken_delivery, told.amount.minor)
    refund = Refund(
        order_id=order.id,
        status=RefundStatus.REQUESTED,
        amount_minor=told.amount.minor,
        shipping_minor=delivery,
        reason="Stripe Dashboard",
        idempotency_key=f"stripe:{told.id}",
        stripe_refund_id=told.id,
        requested_by="Stripe",
        requested_at=clock.now(),
    )
    _save(refund, parts, restock=False)
    return refund


def _spread(lines: Sequence[Returnable], delivery_rest: int, amount: int) -> tuple[list[Part], int]:
    """Over lines and delivery; what is more than the order came to stands with the delivery."""
    most = sum(line.rest_minor for line in lines) + delivery_rest
    parts, delivery = spread(lines, delivery_rest, min(amount, most))
    return parts, delivery + max(amount - most, 0)


def _write(
    actor: Actor,
    order: Order,
    parts: Sequence[Part],
    delivery: int,
    amount: int,
    reason: str,
    restock: Restock,
    key: str,
) -> Refund:
    refund = Refund(
        order_id=order.id,
        status=RefundStatus.REQUESTED,
        amount_minor=amount,
        shipping_minor=delivery,
        reason=reason[:500],
        idempotency_key=key,
        requested_by=actor.label,
        requested_at=clock.now(),
    )
    _save(refund, parts, restock=restock)
    record(
        actor=actor,
        action="returns.request",
        subject=("order", order.id),
        reason=reason,
        after={"amount_minor": amount, "refund": refund.id, "pieces": sum(part.quantity for part in parts)},
    )
    defer(SEND, once=f"refund:{refund.id}", refund_id=refund.id)
    return refund


def _save(refund: Refund, parts: Sequence[Part], *, restock: Restock) -> None:
    db.session.add(refund)
    db.session.flush()
    db.session.add_all(
        RefundLine(
            refund_id=refund.id,
            order_line_id=part.line_id,
            quantity=part.quantity,
            amount_minor=part.amount_minor,
            restock=part.quantity > 0 and (restock if isinstance(restock, bool) else part.line_id in restock),
        )
        for part in parts
    )
    db.session.flush()


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
        if order.paid_at is not None:
            _restock(actor, order, refund)
            facts.record(LinesRefunded(order_id=order.id, refund_id=refund.id, refunded_at=clock.now()))
        if given_back(order.id, TAKEN_REFUNDS)[0] >= order.captured_minor:
            close_given_back(actor=actor, order=order)
        letters.refunded(order, lines_of(refund.id), Money(refund.amount_minor, order.currency))
    elif not taken and start in TAKEN_REFUNDS and order.paid_at is not None:
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


def _refuse_disputed(order: Order) -> None:
    if order.dispute in DISPUTED:
        raise PaymentIsDisputed()

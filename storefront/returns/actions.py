"""Money back. Written down under the order's lock, sent by a job, and moved on only by what Stripe says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.jobs.queue import defer
from storefront.exchanges.actions import held
from storefront.exchanges.acts import CHEAPER, NOT_EXCHANGED
from storefront.exchanges.models import Exchange
from storefront.orders.errors import MoreThanPaid, NothingChosen, PaymentIsDisputed
from storefront.orders.locking import locked
from storefront.orders.models import (
    DISPUTED,
    HELD_REFUNDS,
    Dispute,
    Order,
    Refund,
    RefundLine,
    RefundStatus,
)
from storefront.orders.queries import given_back
from storefront.returns.policy import Part, Returnable, parts_of, spread, worth_of
from storefront.returns.queries import (
    difference_given_back,
    refund_by_key,
    returnables,
)

SEND = "returns.send_refund"
# Whether the pieces hang on the rail again, or the lines of which they do, each with the exchange by which
# they came (0: as they were sold).
Restock = bool | Collection[tuple[int, int]]


def request_refund(
    *,
    actor: Actor,
    order_id: int,
    chosen: Mapping[int, int],
    with_delivery: bool,
    restock: Restock,
    reason: str,
    key: str | None = None,
    delivery_at_most: int | None = None,
    exchanged: Mapping[int, int] | None = None,
) -> Refund:
    """Give back the chosen pieces (line: quantity), and what delivery cost if asked: all that is left of it,
    or up to `delivery_at_most` of it altogether.

    `exchanged` are pieces that came by an exchange (its id: quantity): what was paid for the difference goes
    back with them, by a refund of its own. Pieces whose money went back before, as goodwill, come back for
    nothing: that is a refund of zero, which is never asked of Stripe.

    Raises `NothingChosen`, `MoreThanPaid`, or `PaymentIsDisputed`. Two at once are one after the other: the
    order's lock is taken before anything is counted. The same `key` again gives the first refund.
    """
    order = locked(Order.id == order_id)
    before = refund_by_key(key) if key is not None else None
    if before is not None:
        return before
    _refuse_disputed(order)
    held, held_delivery = given_back(order.id, HELD_REFUNDS)
    delivery = _delivery_left(order, held_delivery, delivery_at_most) if with_delivery else 0
    only_delivery = not chosen and not exchanged and delivery > 0
    lines = returnables(order.id, HELD_REFUNDS)
    parts = [] if only_delivery else parts_of(lines, chosen, exchanged)
    amount = sum(part.amount_minor for part in parts) + delivery
    if held + amount > order.captured_minor:
        raise MoreThanPaid()
    key = key or f"refund:{ids.token()}"
    for part in parts:
        if part.of_exchange:
            _give_back_difference(actor, order, lines, part, reason, key)
    return _write(actor, order, parts, delivery, amount, reason, restock, key)


def request_rest(
    *, actor: Actor, order_id: int, reason: str, key: str, restock: bool = False
) -> Refund | None:
    """Give back all that is left of a payment; None when nothing is. The same `key` again changes nothing.

    Of an order that costs nothing the pieces come back, by a refund of zero that is never asked of Stripe.
    """
    order = locked(Order.id == order_id)
    before = refund_by_key(key)
    if before is not None:
        return before
    held, held_delivery = given_back(order.id, HELD_REFUNDS)
    amount = order.captured_minor - held
    lines = returnables(order.id, HELD_REFUNDS)
    pieces = order.costs_nothing and any(line.pieces_left for line in lines)
    if amount <= 0 and not pieces:
        return None
    parts, delivery = spread_over(lines, order.shipping_minor - held_delivery, amount)
    return _write(actor, order, parts, delivery, amount, reason, restock, key)


def request_goodwill(
    *, actor: Actor, order_id: int, amount_minor: int, reason: str, key: str, off_earnings: bool = False
) -> Refund:
    """Give back a sum without a piece coming back, because something was not as it should be.

    It is spread over what the lines and the delivery can still give back. The house gives it: what an editor
    earned shrinks with it only when staff say so (`off_earnings`). Raises `NothingChosen` below one cent,
    `MoreThanPaid`, or `PaymentIsDisputed`; the same `key` again gives the first refund.
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
    parts, delivery = spread_over(lines, order.shipping_minor - held_delivery, amount_minor)
    kept = [
        replace(part, quantity=0, counted_minor=part.counted_minor if off_earnings else 0)
        for part in parts
        if part.amount_minor
    ]
    told = {"off_earnings": off_earnings}
    return _write(actor, order, kept, delivery, amount_minor, reason, False, key, told=told)


def give_back_cheaper(*, actor: Actor, exchange_id: int) -> Refund | None:
    """What the piece taken in exchange costs less goes back; None when it does not. Asked twice is once.

    No piece comes with it: it is the line's, so what an editor earned follows what the shopper still pays.
    Raises `PaymentIsDisputed`.
    """
    order, one = held(exchange_id)
    key = f"refund:exchange:{one.id}:cheaper"
    before = refund_by_key(key)
    if before is not None or one.difference_minor >= 0:
        return before
    _refuse_disputed(order)
    rest = order.captured_minor - given_back(order.id, HELD_REFUNDS)[0]
    amount = min(-one.difference_minor, rest)
    if amount <= 0:
        return None
    part = Part(one.order_line_id, one.variant_id, 0, amount, one.id, counted_minor=amount)
    return _write(actor, order, [part], 0, amount, CHEAPER, False, key)


def give_back_unused(*, actor: Actor, exchange_id: int) -> Refund | None:
    """The difference was paid and nothing was exchanged: all of it goes back, once, however often told."""
    order, one = held(exchange_id)
    key = f"refund:exchange:{one.id}:off"
    before = refund_by_key(key)
    if before is not None or one.payment_intent_id is None or one.dispute in DISPUTED:
        return before
    rest = one.paid_minor - difference_given_back(one.payment_intent_id, HELD_REFUNDS)
    if rest <= 0:
        return None
    return _write(actor, order, [], 0, rest, NOT_EXCHANGED, False, key, one.payment_intent_id)


def _give_back_difference(
    actor: Actor, order: Order, lines: Sequence[Returnable], part: Part, reason: str, key: str
) -> None:
    """The share of these pieces in a difference that was paid; the last one takes what is left of it."""
    one = db.session.get_one(Exchange, part.of_exchange)
    if one.payment_intent_id is None or one.dispute == Dispute.LOST:
        return
    if one.dispute == Dispute.OPEN:
        raise PaymentIsDisputed()
    pieces = next(line for line in lines if line.of_exchange == one.id)
    share = worth_of(
        replace(
            pieces,
            paid_minor=one.paid_minor,
            given_back_minor=difference_given_back(one.payment_intent_id, HELD_REFUNDS),
        ),
        part.quantity,
    )
    if share > 0:
        _write(actor, order, [], 0, share, reason, False, f"{key}:x{one.id}", one.payment_intent_id)


def spread_over(lines: Sequence[Returnable], delivery_rest: int, amount: int) -> tuple[list[Part], int]:
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
    paid_with: str | None = None,
    *,
    told: Mapping[str, bool] | None = None,
) -> Refund:
    """`paid_with`: the payment it gives back, when that is not the order's own. `told`: what else the history
    says of it."""
    refund = Refund(
        order_id=order.id,
        status=RefundStatus.REQUESTED,
        amount_minor=amount,
        shipping_minor=delivery,
        reason=reason[:500],
        idempotency_key=key,
        payment_intent_id=paid_with,
        requested_by=actor.label,
        requested_at=clock.now(),
    )
    save(refund, parts, restock=restock)
    record(
        actor=actor,
        action="returns.request",
        subject=("order", order.id),
        reason=reason,
        after={"amount_minor": amount, "refund": refund.id, "pieces": sum(part.quantity for part in parts)}
        | dict(told or {}),
    )
    # What came over a counter goes back there: whoever stands at a till says so.
    if paid_with is not None or not order.over_the_counter or not amount:
        defer(SEND, once=f"refund:{refund.id}", refund_id=refund.id)
    return refund


def save(refund: Refund, parts: Sequence[Part], *, restock: Restock) -> None:
    db.session.add(refund)
    db.session.flush()
    db.session.add_all(
        RefundLine(
            refund_id=refund.id,
            order_line_id=part.line_id,
            quantity=part.quantity,
            amount_minor=part.amount_minor,
            of_exchange=part.of_exchange,
            counted_pieces=part.counted_pieces,
            counted_minor=part.counted_minor,
            restock=part.quantity > 0
            and (restock if isinstance(restock, bool) else (part.line_id, part.of_exchange) in restock),
        )
        for part in parts
    )
    db.session.flush()


def _delivery_left(order: Order, held: int, at_most: int | None) -> int:
    """What may still go back of what was paid for delivery."""
    limit = order.shipping_minor if at_most is None else min(order.shipping_minor, at_most)
    return max(limit - held, 0)


def _refuse_disputed(order: Order) -> None:
    if order.dispute in DISPUTED:
        raise PaymentIsDisputed()

"""Following the payment of an order: paid, travelling, put aside, ended, disputed."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.payments.objects import CheckoutSession
from foundation.states import IllegalMove
from storefront.cart.actions import Bought, take_out
from storefront.cart.policy import holder_of
from storefront.orders import letters
from storefront.orders.actions import wanted_of
from storefront.orders.errors import (
    MoneyWentBack,
    OtherSumPaid,
    PiecesStay,
)
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    PaidTooLate,
)
from storefront.orders.locking import find_locked, locked
from storefront.orders.models import (
    DISPUTE_MOVES,
    DISPUTED,
    HELD_REFUNDS,
    ORDER_MOVES,
    Dispute,
    Handover,
    Order,
    OrderStatus,
    PaidWith,
    ReviewReason,
)
from storefront.orders.queries import given_back, lines_of_order
from storefront.promotions import actions as promotions
from storefront.stock import actions as stock
from storefront.stock.errors import PlaceClosed, SoldOut

# A payment that takes days (a bank debit) keeps its pieces that long.
PROCESSING_HOLD = timedelta(days=14)


def abandon(*, actor: Actor, order_id: int) -> None:
    """The payment page could not be made: the order ends and its pieces are free. Later is no harm."""
    order = locked(Order.id == order_id)
    if order.status == OrderStatus.AWAITING_PAYMENT and order.checkout_session_id is None:
        _end(actor, order, OrderStatus.CANCELLED)


def sync_checkout(
    *, actor: Actor, session: CheckoutSession, ended: OrderStatus = OrderStatus.EXPIRED
) -> Order | None:
    """Bring an order up to what its payment page says now; None when the page is none of ours.

    The one way to `paid`, for the webhook, the return page and the poller alike: under the order's lock, so
    any number of callers in any order make one effect. `ended` is what an unpaid, closed page means: expired
    by time, or cancelled when the shop closed it early.
    """
    order = _locked_of(session)
    if order is None:
        return None
    order.checked_at = clock.now()
    if session.paid:
        _paid(actor, order, session)
    elif session.failed or session.status == "expired":
        if not order.settled:
            processing = order.status == OrderStatus.PROCESSING
            _end(actor, order, OrderStatus.CANCELLED if processing or session.failed else ended)
    elif session.processing and order.status != OrderStatus.PROCESSING and not order.captured_minor:
        _keep_waiting(actor, order, session)
    db.session.flush()
    return order


def accept(*, actor: Actor, order_id: int, reason: str) -> None:
    """Staff looked at a paid order that needed review and found the pieces: it is a sale after all.

    Raises `SoldOut` when the count still says they are not there, `OtherSumPaid` when it was put aside for
    its sum, `PiecesStay` while the money is disputed or lost, and `MoneyWentBack` when any of it went back.
    """
    order = locked(Order.id == order_id)
    if order.status != OrderStatus.NEEDS_REVIEW:
        raise IllegalMove(start=order.status, end=OrderStatus.PAID)
    if order.review_reason != ReviewReason.STOCK:
        raise OtherSumPaid()
    if order.dispute in DISPUTED:
        raise PiecesStay()
    if given_back(order.id, HELD_REFUNDS)[0]:
        raise MoneyWentBack()
    _sell(actor, order, reason)


def take_over_the_counter(*, actor: Actor, order_id: int) -> Order:
    """The money of an order rung up at a till lies in the drawer, or the terminal there has printed its
    slip: it is paid, and Stripe is not asked. Raises `IllegalMove` when it is not waiting for its payment,
    or is to be paid by Stripe, and `SoldOut`.
    """
    order = locked(Order.id == order_id)
    if order.status != OrderStatus.AWAITING_PAYMENT or not order.over_the_counter:
        raise IllegalMove(start=order.status, end=OrderStatus.PAID)
    order.captured_minor = order.total_minor
    _sell(actor, order, None)
    return order


def take_elsewhere(*, actor: Actor, order_id: int, at: datetime) -> Order:
    """Another till of the store took the money at that moment, and the pieces left with their customer: the
    order was placed, paid and handed over then. Nobody is written to: the customer has had a slip.

    Raises `IllegalMove` when it does not wait for its payment, or is paid in another way, and `SoldOut`.
    """
    order = locked(Order.id == order_id)
    if order.status != OrderStatus.AWAITING_PAYMENT or order.paid_with != PaidWith.ELSEWHERE:
        raise IllegalMove(start=order.status, end=OrderStatus.PAID)
    order.captured_minor, order.placed_at = order.total_minor, at
    _sell(actor, order, None, at=at)
    order.delivered_at, order.handover = at, Handover.HANDED_OVER
    facts.record(OrderDelivered(order_id=order.id, delivered_at=at))
    db.session.flush()
    return order


def take_nothing(*, actor: Actor, order_id: int) -> Order:
    """An order that costs nothing is paid by being placed: Stripe is not asked. Again is no harm.

    Raises `IllegalMove` when there is something to pay, or when the order has ended, and `SoldOut`.
    """
    order = locked(Order.id == order_id)
    if not order.costs_nothing or order.status not in (OrderStatus.AWAITING_PAYMENT, OrderStatus.PAID):
        raise IllegalMove(start=order.status, end=OrderStatus.PAID)
    if order.status == OrderStatus.AWAITING_PAYMENT:
        _sell(actor, order, None)
    return order


def close_given_back(*, actor: Actor, order: Order) -> None:
    """All of a payment went back: an order that waited for a look is answered. The caller holds its lock."""
    if order.status == OrderStatus.NEEDS_REVIEW:
        _end(actor, order, OrderStatus.CANCELLED)


def record_dispute(
    *, actor: Actor, payment_intent: str, state: Dispute, minor: int | None = None
) -> Order | None:
    """What the shopper's bank says about a payment, and how much of it it asks back (`minor`; None: all).

    None when the payment is none of ours.
    """
    order = find_locked(Order.payment_intent_id == payment_intent)
    if order is None or not DISPUTE_MOVES.allows(order.dispute, state):
        return order
    before = order.dispute
    order.dispute, order.disputed_minor = state, minor
    record(
        actor=actor,
        action="orders.dispute",
        subject=("order", order.id),
        before={"dispute": before},
        after={"dispute": state},
    )
    if state == Dispute.OPEN:
        facts.record(DisputeOpened(order_id=order.id, opened_at=clock.now()))
    else:
        won = state == Dispute.WON
        facts.record(DisputeClosed(order_id=order.id, won=won, closed_at=clock.now()))
    db.session.flush()
    return order


def _paid(actor: Actor, order: Order, session: CheckoutSession) -> None:
    """The money is there. Once: `captured_minor` says that it was seen before."""
    if order.captured_minor:
        return
    order.captured_minor, order.payment_intent_id = session.amount.minor, session.payment_intent
    late = order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELLED)
    if session.amount != order.total:
        _review(actor, order, ReviewReason.AMOUNT)
        return
    try:
        _sell(actor, order, None)
    except SoldOut:
        if late:
            record(actor=actor, action="orders.paid_too_late", subject=("order", order.id))
            facts.record(PaidTooLate(order_id=order.id))
            letters.too_late(order)
        else:
            _review(actor, order, ReviewReason.STOCK)


def _sell(actor: Actor, order: Order, reason: str | None, at: datetime | None = None) -> None:
    """`at`: when it was, where that is not now."""
    lines = lines_of_order(order.id)
    stock.sell(
        actor=actor,
        order_id=order.id,
        wanted=wanted_of(lines),
        reason=order.number,
        place_id=order.place_id,
    )
    if order.voucher_codes:
        if order.closed_at is not None:
            promotions.hold_again(order_id=order.id)
        promotions.use(order_id=order.id, visit=order.visit_id, account_id=order.account_id)
    ORDER_MOVES.move(order, OrderStatus.PAID)
    order.paid_at, order.review_reason = at or clock.now(), None
    take_out(
        visit=order.visit_id,
        account_id=order.account_id,
        bought=[Bought(line.variant_id, line.quantity, line.origin_kind, line.origin_ref) for line in lines],
    )
    record(
        actor=actor,
        action="orders.paid",
        subject=("order", order.id),
        reason=reason,
        after={"captured_minor": order.captured_minor},
    )
    facts.record(OrderPaid(order_id=order.id, paid_at=order.paid_at))
    db.session.flush()
    letters.paid(order, lines)


def _review(actor: Actor, order: Order, reason: ReviewReason) -> None:
    ORDER_MOVES.move(order, OrderStatus.NEEDS_REVIEW)
    order.review_reason = reason
    record(
        actor=actor,
        action="orders.needs_review",
        subject=("order", order.id),
        after={"why": reason, "captured_minor": order.captured_minor},
    )


def _keep_waiting(actor: Actor, order: Order, session: CheckoutSession) -> None:
    """The shopper is done, the money travels: the pieces stay theirs for longer, where they still are."""
    if order.status == OrderStatus.NEEDS_REVIEW:
        return
    if order.voucher_codes and order.closed_at is not None:
        promotions.hold_again(order_id=order.id)
    ORDER_MOVES.move(order, OrderStatus.PROCESSING)
    order.payment_intent_id, order.closed_at = session.payment_intent, None
    record(actor=actor, action="orders.processing", subject=("order", order.id))
    lines = lines_of_order(order.id)
    try:
        stock.reserve(
            actor=actor,
            order_id=order.id,
            wanted=wanted_of(lines),
            until=clock.now() + PROCESSING_HOLD,
            holder=holder_of(order.visit_id, order.account_id),
            place_id=order.place_id,
        )
    except (SoldOut, PlaceClosed):
        record(actor=actor, action="orders.pieces_gone", subject=("order", order.id))


def _end(actor: Actor, order: Order, status: OrderStatus) -> None:
    ORDER_MOVES.move(order, status)
    order.closed_at = clock.now()
    stock.release(order_id=order.id)
    if order.voucher_codes:
        promotions.give_back(order_id=order.id)
    record(actor=actor, action=f"orders.{status}", subject=("order", order.id))
    facts.record(OrderCancelled(order_id=order.id))


def _locked_of(session: CheckoutSession) -> Order | None:
    """The order of a payment page: by its name, or by our number when the name was not kept in time."""
    order = find_locked(Order.checkout_session_id == session.id)
    if order is None and session.order_ref is not None:
        order = find_locked(Order.number == session.order_ref, Order.checkout_session_id.is_(None))
        if order is not None:
            order.checkout_session_id = session.id
    return order

"""Placing an order, following its payment, handing it over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection
from sqlalchemy import select

from foundation import clock, facts, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.payments.objects import CheckoutSession
from foundation.states import IllegalMove
from storefront.cart.actions import Bought, take_out
from storefront.cart.policy import holder_of
from storefront.orders import letters
from storefront.orders.errors import (
    AlreadyHandedOver,
    MoneyWentBack,
    NothingToHandOver,
    NotPaidYet,
    OrderUnknown,
    OtherSumPaid,
    PiecesStay,
)
from storefront.orders.facts import OrderCancelled, OrderDelivered, OrderPaid, PaidTooLate, PaymentDisputed
from storefront.orders.models import (
    DISPUTED,
    HELD_REFUNDS,
    ORDER_MOVES,
    Delivery,
    Dispute,
    Handover,
    Order,
    OrderLine,
    OrderStatus,
    ReviewReason,
)
from storefront.orders.placing import INSERT_ORDER, STORE_SESSION
from storefront.orders.policy import Piece, Totals, net_of
from storefront.orders.queries import given_back, lines_of_order
from storefront.stock import actions as stock
from storefront.stock.errors import SoldOut

# Pieces stay promised a little longer than the payment page is open: money may arrive in its last second.
GRACE = timedelta(minutes=10)
# A payment that takes days (a bank debit) keeps its pieces that long.
PROCESSING_HOLD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who gets the pieces, and where. Address fields are empty when the pieces are picked up."""

    email: str
    name: str
    phone: str
    street: str
    postcode: str
    city: str
    province: str
    country: str
    language: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that stands; `request` is what Stripe is to be asked, under `key`."""

    order_id: int
    number: str
    token: str
    key: str
    request: Mapping[str, Any]


def place(
    *,
    actor: Actor,
    token: str,
    form_key: str,
    pieces: Sequence[Piece],
    totals: Totals,
    tax_bps: int,
    contact: Contact,
    delivery: Delivery,
    account_id: int | None,
    visit_id: str | None,
    checkout_began_at: datetime,
    expires_at: datetime,
    request: Mapping[str, Any],
) -> Placed | None:
    """Write an order with its lines and promise it its pieces until a little after `expires_at`.

    None when an order of the same `form_key` stands already (the button was pressed twice), or when another
    of the same bag waits for its payment (`open_orders` names it: close it first). Raises `SoldOut`
    naming what is short; nothing stands then. Two statements: the first writes the order, its lines and its
    entry in the audit and locks the variants, the second counts and promises under that lock.
    """
    now = clock.now()
    key = f"checkout:{token}"
    row = db.session.execute(
        INSERT_ORDER,
        asdict(contact)
        | {
            "token": token,
            "form_key": form_key,
            "delivery": str(delivery),
            "currency": totals.currency,
            "total_minor": totals.total_minor,
            "shipping_minor": totals.shipping_minor,
            "tax_bps": tax_bps,
            "account_id": account_id,
            "visit_id": visit_id,
            "checkout_began_at": checkout_began_at,
            "placed_at": now,
            "expires_at": expires_at,
            "checkout_key": key,
            "checkout_request": json.dumps(dict(request)),
            "actor_kind": str(actor.kind),
            "actor_label": actor.label,
            "actor_account_id": actor.account_id,
            "pieces": sum(piece.quantity for piece in pieces),
        }
        | _columns(pieces, tax_bps, totals.currency),
    ).one_or_none()
    if row is None:
        return None
    order_id, number, stored = row
    stock.promise(
        order_id=order_id,
        wanted=wanted_of(pieces),
        until=expires_at + GRACE,
        holder=holder_of(visit_id, account_id),
    )
    return Placed(order_id, number, token, key, stored)


def store_session(*, order_id: int, session_id: str, connection: Connection[Any] | None = None) -> bool:
    """Keep the name Stripe gave the payment page. False when the order ended in the meantime.

    On a `connection` of its own the statement commits by itself; without one it belongs to the session's
    transaction.
    """
    values = {"order_id": order_id, "session_id": session_id}
    if connection is None:
        return db.session.connection().exec_driver_sql(STORE_SESSION, values).one_or_none() is not None
    return connection.execute(STORE_SESSION, values).fetchone() is not None


def abandon(*, actor: Actor, order_id: int) -> None:
    """The payment page could not be made: the order ends and its pieces are free. Later is no harm."""
    order = _locked(Order.id == order_id)
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


def hand_over(*, actor: Actor, order_id: int, how: Handover, reason: str) -> None:
    """The pieces reached the shopper: their time to be sent back begins.

    Raises `NotPaidYet`, `AlreadyHandedOver`, `PiecesStay` while the money is disputed or lost, and
    `NothingToHandOver` when all of it went back.
    """
    order = _locked(Order.id == order_id)
    if order.status != OrderStatus.PAID:
        raise NotPaidYet()
    if order.delivered_at is not None:
        raise AlreadyHandedOver()
    if order.dispute in DISPUTED:
        raise PiecesStay()
    if given_back(order.id, HELD_REFUNDS)[0] >= order.captured_minor:
        raise NothingToHandOver()
    order.delivered_at, order.handover = clock.now(), how
    record(
        actor=actor, action="orders.hand_over", subject=("order", order_id), reason=reason, after={"how": how}
    )
    facts.record(OrderDelivered(order_id=order_id, delivered_at=order.delivered_at))
    db.session.flush()
    letters.delivered(order)


def accept(*, actor: Actor, order_id: int, reason: str) -> None:
    """Staff looked at a paid order that needed review and found the pieces: it is a sale after all.

    Raises `SoldOut` when the count still says they are not there, `OtherSumPaid` when it was put aside for
    its sum, `PiecesStay` while the money is disputed or lost, and `MoneyWentBack` when any of it went back.
    """
    order = _locked(Order.id == order_id)
    if order.status != OrderStatus.NEEDS_REVIEW:
        raise IllegalMove(start=order.status, end=OrderStatus.PAID)
    if order.review_reason != ReviewReason.STOCK:
        raise OtherSumPaid()
    if order.dispute in DISPUTED:
        raise PiecesStay()
    if given_back(order.id, HELD_REFUNDS)[0]:
        raise MoneyWentBack()
    _sell(actor, order, reason)


def close_given_back(*, actor: Actor, order: Order) -> None:
    """All of a payment went back: an order that waited for a look is answered. The caller holds its lock."""
    if order.status == OrderStatus.NEEDS_REVIEW:
        _end(actor, order, OrderStatus.CANCELLED)


def record_dispute(*, actor: Actor, payment_intent: str, state: Dispute) -> Order | None:
    """What the shopper's bank says about a payment; None when the payment is none of ours."""
    order = _find(Order.payment_intent_id == payment_intent)
    if order is None or order.dispute == state or order.dispute in (Dispute.WON, Dispute.LOST):
        return order
    before = order.dispute
    order.dispute = state
    record(
        actor=actor,
        action="orders.dispute",
        subject=("order", order.id),
        before={"dispute": before},
        after={"dispute": state},
    )
    word = {Dispute.OPEN: "opened", Dispute.WON: "won", Dispute.LOST: "lost"}[state]
    facts.record(PaymentDisputed(order_id=order.id, state=word, at=clock.now()))
    db.session.flush()
    return order


def wanted_of(pieces: Sequence[Piece] | Sequence[OrderLine]) -> dict[int, int]:
    """Pieces by variant: the same size twice, from two looks, is one claim on the shelf."""
    wanted: dict[int, int] = {}
    for piece in pieces:
        wanted[piece.variant_id] = wanted.get(piece.variant_id, 0) + piece.quantity
    return wanted


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
        else:
            _review(actor, order, ReviewReason.STOCK)


def _sell(actor: Actor, order: Order, reason: str | None) -> None:
    lines = lines_of_order(order.id)
    stock.sell(actor=actor, order_id=order.id, wanted=wanted_of(lines))
    ORDER_MOVES.move(order, OrderStatus.PAID)
    order.paid_at, order.review_reason = clock.now(), None
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
        )
    except SoldOut:
        record(actor=actor, action="orders.pieces_gone", subject=("order", order.id))


def _end(actor: Actor, order: Order, status: OrderStatus) -> None:
    ORDER_MOVES.move(order, status)
    order.closed_at = clock.now()
    stock.release(order_id=order.id)
    record(actor=actor, action=f"orders.{status}", subject=("order", order.id))
    facts.record(OrderCancelled(order_id=order.id))


def _columns(pieces: Sequence[Piece], tax_bps: int, currency: str) -> dict[str, Any]:
    return {
        "product_ids": [piece.product_id for piece in pieces],
        "variant_ids": [piece.variant_id for piece in pieces],
        "titles": [piece.title for piece in pieces],
        "titles_it": [piece.title_it for piece in pieces],
        "colours": [piece.colour for piece in pieces],
        "colours_it": [piece.colour_it for piece in pieces],
        "options": [piece.options_label for piece in pieces],
        "skus": [piece.sku for piece in pieces],
        "categories": [piece.category for piece in pieces],
        "prices": [piece.unit_price_minor for piece in pieces],
        "quantities": [piece.quantity for piece in pieces],
        "nets": [net_of(piece.gross_minor, tax_bps, currency) for piece in pieces],
        "kinds": [piece.origin_kind for piece in pieces],
        "refs": [piece.origin_ref for piece in pieces],
        "labels": [piece.origin_label for piece in pieces],
        "labels_it": [piece.origin_label_it for piece in pieces],
    }


def _locked_of(session: CheckoutSession) -> Order | None:
    """The order of a payment page: by its name, or by our number when the name was not kept in time."""
    order = _find(Order.checkout_session_id == session.id)
    if order is None and session.order_ref is not None:
        order = _find(Order.number == session.order_ref, Order.checkout_session_id.is_(None))
        if order is not None:
            order.checkout_session_id = session.id
    return order


def _find(*conditions: Any) -> Order | None:
    return db.session.scalars(
        select(Order).where(*conditions).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def _locked(*conditions: Any) -> Order:
    order = _find(*conditions)
    if order is None:
        raise OrderUnknown()
    return order


def new_token() -> str:
    """The secret in the address of an order's page."""
    return ids.token()

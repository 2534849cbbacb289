"""The difference of an exchange: what Stripe is asked, and what it says."""

from __future__ import annotations

from typing import Any

from foundation import clock, facts, settings
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.payments.objects import CheckoutSession
from storefront.catalog.naming import piece_name
from storefront.exchanges import letters
from storefront.exchanges.actions import KEPT_FOR, call_off, held, is_open, keep
from storefront.exchanges.errors import JustGone, NothingToPay
from storefront.exchanges.facts import PaidForNothing
from storefront.exchanges.models import EXCHANGE_MOVES, Exchange, ExchangeStatus, WhyOff
from storefront.exchanges.policy import GRACE
from storefront.exchanges.queries import exchange_by_id, exchange_of_page, paid_by
from storefront.orders.models import DISPUTE_MOVES, Dispute, Order
from storefront.orders.queries import order_by_id


def request_of(exchange_id: int) -> dict[str, Any]:
    """What Stripe is asked for the page, made from the row alone: the same however often it is asked.

    Raises `NothingToPay` when it was paid, is off, or its time is over.
    """
    one = exchange_by_id(exchange_id)
    if one is None or not one.payable:
        raise NothingToPay()
    order = order_by_id(one.order_id)
    base = f"{settings.current().base_url}/orders/{order.token}/exchange/{one.number}"
    return {
        "order_ref": one.number,
        "amount": one.difference,
        "name": piece_name(one, order.language),
        "email": order.email,
        "success_url": f"{base}/paid",
        "cancel_url": f"{base}/paid",
        "expires_at": one.kept_until - GRACE,
        "idempotency_key": f"exchange:{one.number}",
        "metadata": {"exchange": one.number, "order": order.number},
        "locale": order.language,
    }


def store_page(*, exchange_id: int, session: CheckoutSession) -> None:
    """Keep the name Stripe gave the page."""
    _order, one = held(exchange_id)
    if one.checkout_session_id is None:
        one.checkout_session_id = session.id
        db.session.flush()


def sync_page(*, actor: Actor, session: CheckoutSession) -> Exchange | None:
    """Bring an exchange up to what its payment page says; None when the page is of none.

    Under the order's lock, so any number of callers in any order make one effect. Money that comes when the
    new piece is gone, or when the exchange is off, goes back by itself.
    """
    known = exchange_of_page(session.id, session.order_ref)
    if known is None:
        return None
    order, one = held(known.id)
    one.checkout_session_id = one.checkout_session_id or session.id
    if session.paid:
        _paid(actor, order, one, session)
    elif (session.failed or session.status == "expired") and one.status == ExchangeStatus.UNPAID:
        call_off(actor=actor, order=order, one=one, why=WhyOff.UNPAID)
    db.session.flush()
    return one


def give_up(*, actor: Actor, exchange_id: int) -> None:
    """Nobody ever opened the page, and its time is over."""
    order, one = held(exchange_id)
    if one.status == ExchangeStatus.UNPAID and one.checkout_session_id is None:
        call_off(actor=actor, order=order, one=one, why=WhyOff.UNPAID)


def note_dispute(*, actor: Actor, payment_intent: str, state: Dispute) -> None:
    """The bank disputes the payment of a difference: meanwhile nothing of it goes back, and nothing leaves.

    Won, it goes back after all when nothing was exchanged for it: the dispute kept it from going back then.
    Lost, the difference is not paid any more: an exchange whose old piece was not accepted yet is off. One
    that was stays, and the house bears it.
    """
    known = paid_by(payment_intent)
    if known is None:
        return
    order, one = held(known.id)
    if not DISPUTE_MOVES.allows(one.dispute, state):
        return
    before, one.dispute = one.dispute, state
    record(
        actor=actor,
        action="exchanges.dispute",
        subject=("order", one.order_id),
        before={"dispute": before},
        after={"exchange": one.number, "dispute": state},
    )
    db.session.flush()
    if state == Dispute.WON and one.status == ExchangeStatus.OFF and one.paid_minor:
        facts.record(PaidForNothing(exchange_id=one.id))
    elif state == Dispute.LOST and is_open(one):
        call_off(actor=actor, order=order, one=one, why=WhyOff.DISPUTED)


def _paid(actor: Actor, order: Order, one: Exchange, session: CheckoutSession) -> None:
    if one.paid_minor:
        return
    one.paid_minor, one.payment_intent_id = session.amount.minor, session.payment_intent
    one.paid_at = clock.now()
    record(
        actor=actor,
        action="exchanges.paid",
        subject=("order", order.id),
        after={"exchange": one.number, "paid_minor": one.paid_minor},
    )
    db.session.flush()
    if one.status == ExchangeStatus.OFF:
        facts.record(PaidForNothing(exchange_id=one.id))
        return
    try:
        keep(actor=actor, one=one, until=clock.now() + KEPT_FOR)
    except JustGone:
        call_off(actor=actor, order=order, one=one, why=WhyOff.GONE)
        return
    EXCHANGE_MOVES.move(one, ExchangeStatus.ASKED)
    letters.paid(order, one)

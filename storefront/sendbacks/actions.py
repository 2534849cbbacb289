"""Asking to send pieces back, taking them in, and settling what they are worth by one refund."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.states import IllegalMove
from storefront.exchanges.models import ExchangeStatus, WhyOff
from storefront.exchanges.queries import exchange_by_id
from storefront.orders.locking import locked
from storefront.orders.models import HELD_REFUNDS, Order
from storefront.returns.actions import request_refund
from storefront.returns.queries import returnables
from storefront.sendbacks import letters
from storefront.sendbacks.errors import (
    MoreThanLeft,
    NothingComesBack,
    NotWithYou,
    SendbackUnknown,
    TooLateToReturn,
)
from storefront.sendbacks.exchanging import call_off_all, carry_out, wish
from storefront.sendbacks.models import (
    OPEN_SENDBACKS,
    SENDBACK_MOVES,
    SENDBACK_NUMBERS,
    Sendback,
    SendbackLine,
    SendbackStatus,
    Way,
    Why,
)
from storefront.sendbacks.policy import delivery_goes_back, parcel_is_ours, still_here
from storefront.sendbacks.queries import lines_by_ids, order_of, parts_of, spoken_for


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of one line: how many are taken back, and whether they are sold again."""

    accepted: int
    restock: bool


def ask(
    *,
    actor: Actor,
    order_id: int,
    chosen: Mapping[int, tuple[int, Why]],
    way: Way,
    words: str,
    until: datetime,
    instead: Mapping[int, int] | None = None,
    came_by: Mapping[int, int] | None = None,
) -> Sendback:
    """Announce that pieces come back (line: how many, why); `until` is the last moment to say so.

    `instead` names the variant that is wanted for those of a line; it is kept from now on. `came_by` names
    the exchange by which those of a line came. Raises `NotWithYou` before they were handed over,
    `TooLateToReturn`, `NothingComesBack`, `MoreThanLeft` for more than the shopper still has, or `JustGone`
    when what is wanted instead is. Under the order's lock: asking twice at once is one after the other, and
    the second finds the pieces spoken for.
    """
    instead, came_by = instead or {}, came_by or {}
    order = locked(Order.id == order_id)
    if order.delivered_at is None:
        raise NotWithYou()
    if clock.now() > until:
        raise TooLateToReturn()
    if not chosen:
        raise NothingComesBack()
    there = returnables(order_id, HELD_REFUNDS)
    left = still_here(there, spoken_for(order_id))
    for line_id, (quantity, _why) in chosen.items():
        if not 0 < quantity <= left.get((line_id, came_by.get(line_id, 0)), 0):
            raise MoreThanLeft()
    lines = lines_by_ids(chosen)
    back = Sendback(
        number=f"R-{db.session.scalar(SENDBACK_NUMBERS)}",
        order_id=order_id,
        status=SendbackStatus.ASKED,
        way=way,
        words=words[:500],
        asked_at=clock.now(),
    )
    db.session.add(back)
    db.session.flush()
    parts = [
        SendbackLine(
            sendback_id=back.id,
            order_line_id=line.id,
            product_id=line.product_id,
            quantity=chosen[line.id][0],
            why=chosen[line.id][1],
            of_exchange=came_by.get(line.id, 0),
        )
        for line in lines
    ]
    db.session.add_all(parts)
    db.session.flush()
    pieces = sum(quantity for quantity, _why in chosen.values())
    record(actor=actor, action="sendbacks.ask", subject=("order", order_id), after=_facts(back, pieces))
    whys = [why for _quantity, why in chosen.values()]
    letters.asked(order, back, ours=bool(parcel_is_ours(way, whys)))
    wished = [(instead[part.order_line_id], part) for part in parts if part.order_line_id in instead]
    for variant_id, part in sorted(wished, key=lambda pair: pair[0]):
        wish(actor, order, part, variant_id, there)
    return back


def exchange_instead(*, actor: Actor, number: str, line_id: int, variant_id: int, reason: str) -> Sendback:
    """Another variant for pieces that are on their way to us or here, instead of their money.

    Raises `IllegalMove` once the return is settled, `ExchangedBefore` for pieces that came by an exchange,
    `MoreThanLeft` when they are being exchanged, and what `exchanges.actions.ask` raises.
    """
    back = _locked(number)
    if back.status not in OPEN_SENDBACKS:
        raise IllegalMove(start=back.status, end=back.status)
    part = _part(back, line_id)
    before = exchange_by_id(part.instead_id) if part.instead_id is not None else None
    if before is not None and before.status != ExchangeStatus.OFF:
        raise MoreThanLeft()
    order = db.session.get_one(Order, back.order_id)
    wish(actor, order, part, variant_id, returnables(order.id, HELD_REFUNDS), reason)
    return back


def money_instead(*, actor: Actor, number: str, line_id: int, reason: str | None = None) -> Sendback:
    """The exchange wanted for pieces of a return is off: their money goes back when they are accepted.

    `reason` is why staff do it for the shopper.
    """
    back = _locked(number)
    if back.status not in OPEN_SENDBACKS:
        raise IllegalMove(start=back.status, end=back.status)
    order = db.session.get_one(Order, back.order_id)
    call_off_all(actor, order, [_part(back, line_id)], WhyOff.MONEY, reason)
    return back


def call_off(*, actor: Actor, number: str) -> Sendback:
    """The shopper keeps the pieces after all; raises `IllegalMove` once they are here."""
    back = _locked(number)
    SENDBACK_MOVES.move(back, SendbackStatus.CANCELLED)
    back.closed_at = clock.now()
    record(actor=actor, action="sendbacks.call_off", subject=("order", back.order_id), after=_facts(back))
    db.session.flush()
    call_off_all(actor, db.session.get_one(Order, back.order_id), parts_of(back.id), WhyOff.KEPT)
    return back


def receive(*, actor: Actor, number: str) -> Sendback:
    """The pieces are here, to be looked at; the shopper is told."""
    back = _locked(number)
    SENDBACK_MOVES.move(back, SendbackStatus.RECEIVED)
    back.received_at = clock.now()
    record(actor=actor, action="sendbacks.receive", subject=("order", back.order_id), after=_facts(back))
    db.session.flush()
    letters.received(db.session.get_one(Order, back.order_id), back)
    return back


def settle(*, actor: Actor, number: str, looked: Mapping[int, Looked], reason: str) -> Sendback:
    """Exchange accepted pieces as it was wished, and give back what the others cost; with nothing accepted,
    refuse and say why.

    One refund, under a key made from the return: pressed twice it is one. Delivery goes back when nothing
    of the order stays. What was wanted instead and is gone by now gives money back. Raises `IllegalMove`
    unless it was received, `MoreThanLeft` for more than came, `AllOrNone` for a part of an exchange,
    `DifferenceNotPaid`, `PaymentIsDisputed`, or `MoreThanPaid`.
    """
    back = _locked(number)
    end = SendbackStatus.SETTLED if any(one.accepted for one in looked.values()) else SendbackStatus.REFUSED
    SENDBACK_MOVES.move(back, end)
    lines = parts_of(back.id)
    for line in lines:
        found = looked.get(line.order_line_id, Looked(0, False))
        if not 0 <= found.accepted <= line.quantity:
            raise MoreThanLeft()
        line.accepted, line.restock = found.accepted, found.restock and found.accepted > 0
    order = db.session.get_one(Order, back.order_id)
    back.closed_at = clock.now()
    accepted = sum(line.accepted or 0 for line in lines)
    exchanged = carry_out(actor, order, back, lines, reason)
    for_money = [line for line in lines if line.accepted and line.order_line_id not in exchanged]
    if for_money:
        pieces = {(line.order_line_id, line.of_exchange): line.accepted or 0 for line in for_money}
        back.refund_id = request_refund(
            actor=actor,
            order_id=order.id,
            chosen={line_id: many for (line_id, came_by), many in pieces.items() if not came_by},
            exchanged={came_by: many for (_line, came_by), many in pieces.items() if came_by},
            with_delivery=delivery_goes_back(returnables(order.id, HELD_REFUNDS), pieces),
            delivery_at_most=order.delivery_back_minor,
            restock={(line.order_line_id, line.of_exchange) for line in for_money if line.restock},
            reason=reason,
            key=refund_key(back.id),
        ).id
    if not accepted:
        back.reply = reason[:300]
    record(
        actor=actor,
        action="sendbacks.settle",
        subject=("order", back.order_id),
        reason=reason,
        after=_facts(back, accepted),
    )
    db.session.flush()
    if not accepted:
        letters.refused(order, back)
    return back


def refund_key(sendback_id: int) -> str:
    """What names the one refund of a return."""
    return f"refund:sendback:{sendback_id}"


def _part(back: Sendback, line_id: int) -> SendbackLine:
    found = next((part for part in parts_of(back.id) if part.order_line_id == line_id), None)
    if found is None:
        raise SendbackUnknown()
    return found


def _facts(back: Sendback, pieces: int | None = None) -> dict[str, Any]:
    """What the history of the order keeps: whoever opens it sees what came back of it."""
    return {"return": back.number} | ({} if pieces is None else {"pieces": pieces})


def _locked(number: str) -> Sendback:
    """The order first, as everybody does who gives money back; then the return."""
    order_id = order_of(number)
    if order_id is None:
        raise SendbackUnknown()
    locked(Order.id == order_id)
    return db.session.scalars(
        select(Sendback)
        .where(Sendback.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()

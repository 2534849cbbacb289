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
from storefront.orders.locking import locked
from storefront.orders.models import HELD_REFUNDS, Order, OrderLine
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
from storefront.sendbacks.models import (
    SENDBACK_MOVES,
    SENDBACK_NUMBERS,
    Sendback,
    SendbackLine,
    SendbackStatus,
    Way,
    Why,
)
from storefront.sendbacks.policy import delivery_goes_back, still_here
from storefront.sendbacks.queries import spoken_for


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
) -> Sendback:
    """Announce that pieces come back (line: how many, why); `until` is the last moment to say so.

    Raises `NotWithYou` before they were handed over, `TooLateToReturn`, `NothingComesBack`, or
    `MoreThanLeft` for more than the shopper still has. Under the order's lock: asking twice at once is one
    after the other, and the second finds the pieces spoken for.
    """
    order = locked(Order.id == order_id)
    if order.delivered_at is None:
        raise NotWithYou()
    if clock.now() > until:
        raise TooLateToReturn()
    if not chosen:
        raise NothingComesBack()
    left = still_here(returnables(order_id, HELD_REFUNDS), spoken_for(order_id))
    if any(not 0 < quantity <= left.get(line_id, 0) for line_id, (quantity, _why) in chosen.items()):
        raise MoreThanLeft()
    lines = db.session.scalars(select(OrderLine).where(OrderLine.id.in_(chosen))).all()
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
    db.session.add_all(
        SendbackLine(
            sendback_id=back.id,
            order_line_id=line.id,
            product_id=line.product_id,
            quantity=chosen[line.id][0],
            why=chosen[line.id][1],
        )
        for line in lines
    )
    db.session.flush()
    pieces = sum(quantity for quantity, _why in chosen.values())
    record(actor=actor, action="sendbacks.ask", subject=("order", order_id), after=_facts(back, pieces))
    letters.asked(order, back)
    return back


def call_off(*, actor: Actor, number: str) -> Sendback:
    """The shopper keeps the pieces after all; raises `IllegalMove` once they are here."""
    back = _locked(number)
    SENDBACK_MOVES.move(back, SendbackStatus.CANCELLED)
    back.closed_at = clock.now()
    record(actor=actor, action="sendbacks.call_off", subject=("order", back.order_id), after=_facts(back))
    db.session.flush()
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
    """Give back what the accepted pieces cost; with nothing accepted, refuse and say why.

    One refund, under a key made from the return: pressed twice it is one. Delivery goes back when nothing
    of the order stays. Raises `IllegalMove` unless it was received, `MoreThanLeft` for more than came,
    `PaymentIsDisputed`, or `MoreThanPaid`.
    """
    back = _locked(number)
    end = SendbackStatus.SETTLED if any(one.accepted for one in looked.values()) else SendbackStatus.REFUSED
    SENDBACK_MOVES.move(back, end)
    lines = db.session.scalars(
        select(SendbackLine).where(SendbackLine.sendback_id == back.id).order_by(SendbackLine.order_line_id)
    ).all()
    for line in lines:
        found = looked.get(line.order_line_id, Looked(0, False))
        if not 0 <= found.accepted <= line.quantity:
            raise MoreThanLeft()
        line.accepted, line.restock = found.accepted, found.restock and found.accepted > 0
    order = db.session.get_one(Order, back.order_id)
    back.closed_at = clock.now()
    accepted = {line.order_line_id: line.accepted for line in lines if line.accepted}
    if accepted:
        back.refund_id = request_refund(
            actor=actor,
            order_id=order.id,
            chosen=accepted,
            with_delivery=delivery_goes_back(returnables(order.id, HELD_REFUNDS), accepted),
            restock={line.order_line_id for line in lines if line.restock},
            reason=reason,
            key=f"refund:sendback:{back.id}",
        ).id
    else:
        back.reply = reason[:300]
    record(
        actor=actor,
        action="sendbacks.settle",
        subject=("order", back.order_id),
        reason=reason,
        after=_facts(back, sum(accepted.values())),
    )
    db.session.flush()
    if not accepted:
        letters.refused(order, back)
    return back


def _facts(back: Sendback, pieces: int | None = None) -> dict[str, Any]:
    """What the history of the order keeps: whoever opens it sees what came back of it."""
    return {"return": back.number} | ({} if pieces is None else {"pieces": pieces})


def _locked(number: str) -> Sendback:
    """The order first, as everybody does who gives money back; then the return."""
    order_id = db.session.scalar(select(Sendback.order_id).where(Sendback.number == number))
    if order_id is None:
        raise SendbackUnknown()
    locked(Order.id == order_id)
    return db.session.scalars(
        select(Sendback)
        .where(Sendback.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()

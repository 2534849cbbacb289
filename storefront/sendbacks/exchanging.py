"""Exchanges wished for with a return: asked for, carried out when it is settled, called off with it.

Every one of these is called under the order's lock.
"""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.db import db
from storefront.exchanges import actions as exchanges
from storefront.exchanges.errors import AllOrNone, DifferenceNotPaid, ExchangedBefore
from storefront.exchanges.models import ExchangeStatus, WhyOff
from storefront.exchanges.queries import exchange_by_id
from storefront.orders.models import HELD_REFUNDS, Order, OrderLine
from storefront.returns.policy import Returnable, worth_of
from storefront.returns.queries import returnables
from storefront.sendbacks.errors import MoreThanLeft
from storefront.sendbacks.models import Sendback, SendbackLine


def wish(
    actor: Actor,
    order: Order,
    part: SendbackLine,
    variant_id: int,
    there: Sequence[Returnable],
    reason: str | None = None,
) -> None:
    """Wish for another variant instead of these pieces; `there` as the order stands."""
    if part.of_exchange:
        raise ExchangedBefore()
    pieces = next(one for one in there if (one.line_id, one.of_exchange) == (part.order_line_id, 0))
    if part.quantity > pieces.pieces_left:
        raise MoreThanLeft()
    part.instead_id = exchanges.ask(
        actor=actor,
        order=order,
        line=db.session.get_one(OrderLine, part.order_line_id),
        quantity=part.quantity,
        variant_id=variant_id,
        worth_minor=worth_of(pieces, part.quantity),
        reason=reason,
    ).id
    db.session.flush()


def carry_out(
    actor: Actor, order: Order, back: Sendback, lines: Sequence[SendbackLine], reason: str
) -> set[int]:
    """Exchange what was accepted whole, call off what was not; the lines that need no money back."""
    wished = [(line, exchange_by_id(line.instead_id)) for line in lines if line.instead_id is not None]
    still = {one.of_exchange: one.pieces_left for one in returnables(order.id, HELD_REFUNDS)}
    done = set()
    for line, one in sorted(wished, key=lambda pair: pair[1].variant_id if pair[1] else 0):
        if one is None or not exchanges.is_open(one):
            continue
        if not line.accepted:
            exchanges.call_off(actor=actor, order=order, one=one, why=WhyOff.REFUSED)
        elif line.accepted < line.quantity:
            raise AllOrNone()
        elif one.status == ExchangeStatus.UNPAID:
            raise DifferenceNotPaid()
        elif still.get(one.id, 0) < one.quantity:
            # Given back elsewhere meanwhile, on Stripe's own pages: nothing is left to exchange or to pay.
            exchanges.call_off(actor=actor, order=order, one=one, why=WhyOff.MONEY)
            done.add(line.order_line_id)
        elif exchanges.approve(
            actor=actor, order=order, one=one, restock=bool(line.restock), reason=f"{back.number}: {reason}"
        ):
            done.add(line.order_line_id)
    return done


def call_off_all(
    actor: Actor, order: Order, parts: Sequence[SendbackLine], why: WhyOff, reason: str | None = None
) -> None:
    """The exchanges wished for with these parts are off; those that were carried out stay."""
    for part in parts:
        one = exchange_by_id(part.instead_id) if part.instead_id is not None else None
        if one is not None and exchanges.is_open(one):
            exchanges.call_off(actor=actor, order=order, one=one, why=why, reason=reason)

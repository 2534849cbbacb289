"""From a wish to the new piece: kept, exchanged, sent, arrived; or off.

Every act begins with the order's lock, as all that gives money back does: an exchange and a refund of the
same piece come one after the other. The shelf is asked last.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.states import IllegalMove
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.naming import options_label
from storefront.exchanges import letters
from storefront.exchanges.errors import ExchangeUnknown, JustGone, NotAnotherOfIt
from storefront.exchanges.facts import LineExchanged, PaidForNothing
from storefront.exchanges.models import (
    EXCHANGE_MOVES,
    EXCHANGE_NUMBERS,
    OPEN_EXCHANGES,
    Exchange,
    ExchangeStatus,
    WhyOff,
)
from storefront.exchanges.policy import GRACE, difference_minor
from storefront.exchanges.queries import exchange_by_id
from storefront.orders.errors import PaymentIsDisputed, PiecesStay
from storefront.orders.locking import locked
from storefront.orders.models import DISPUTED, Dispute, Order, OrderLine
from storefront.orders.ports import way
from storefront.stock import actions as stock
from storefront.stock.errors import SoldOut

# The old piece has that long to come to us; the new one is kept meanwhile.
KEPT_FOR = timedelta(days=21)
# Stripe shuts a page after a day at the latest: the difference is paid within 23 hours, or nothing is kept.
PAGE_OPEN = timedelta(hours=23)


def ask(
    *,
    actor: Actor,
    order: Order,
    line: OrderLine,
    quantity: int,
    variant_id: int,
    worth_minor: int,
    reason: str | None = None,
) -> Exchange:
    """Wish for `quantity` of another variant instead of those of a line, and have them kept at once.

    `worth_minor` is what the old pieces would give back. The caller holds the order's lock and has made
    sure that the pieces are there to come back; `reason` is why staff do it for the shopper. Raises
    `NotAnotherOfIt`, or `JustGone` when the shelf has not got them any more; nothing stands then.
    """
    wanted = _wanted(line, variant_id)
    old = db.session.get_one(Variant, line.variant_id)
    product = db.session.get_one(Product, wanted.product_id)
    difference = difference_minor(
        old_minor=old.price_minor,
        new_minor=wanted.price_minor,
        quantity=quantity,
        gross_minor=line.gross_minor,
        paid_minor=line.paid_minor,
        worth_minor=worth_minor,
    )
    dearer, now = difference > 0, clock.now()
    one = Exchange(
        number=f"X-{db.session.scalar(EXCHANGE_NUMBERS)}",
        order_id=order.id,
        order_line_id=line.id,
        status=ExchangeStatus.UNPAID if dearer else ExchangeStatus.ASKED,
        quantity=quantity,
        variant_id=wanted.id,
        title=product.title,
        title_it=product.title_it,
        colour=product.colour,
        colour_it=product.colour_it,
        options_label=options_label(wanted.option_values),
        sku=wanted.sku,
        currency=order.currency,
        worth_minor=worth_minor,
        difference_minor=difference,
        asked_at=now,
        kept_until=now + (PAGE_OPEN + GRACE if dearer else KEPT_FOR),
    )
    db.session.add(one)
    db.session.flush()
    _note(actor, "ask", one, reason=reason, difference_minor=difference)
    letters.asked(order, one)
    keep(actor=actor, one=one, until=one.kept_until)
    return one


def keep(*, actor: Actor, one: Exchange, until: datetime) -> None:
    """Promise the new pieces until a moment; raises `JustGone` when they are not there."""
    one.kept_until = until
    db.session.flush()
    try:
        stock.reserve(
            actor=actor, order_id=one.promise_id, wanted={one.variant_id: one.quantity}, until=until
        )
    except SoldOut:
        raise JustGone() from None


def approve(*, actor: Actor, order: Order, one: Exchange, restock: bool, reason: str) -> bool:
    """The old pieces were accepted: the new ones are the shopper's, and wait to be packed.

    Both shelves move in this one act. False when the new ones are gone after all (they were kept for a time
    only): the exchange is off then, and the caller gives the money back. The caller holds the order's lock.
    Raises `IllegalMove` unless the difference is paid, and `PaymentIsDisputed`.
    """
    if order.dispute in DISPUTED or one.dispute in DISPUTED:
        raise PaymentIsDisputed()
    if not EXCHANGE_MOVES.allows(one.status, ExchangeStatus.APPROVED):
        raise IllegalMove(start=one.status, end=ExchangeStatus.APPROVED)
    line = db.session.get_one(OrderLine, one.order_line_id)
    stock.lock_variants([line.variant_id, one.variant_id])
    try:
        stock.sell(
            actor=actor,
            order_id=order.id,
            wanted={one.variant_id: one.quantity},
            reason=one.number,
            promised_to=one.promise_id,
        )
    except SoldOut:
        call_off(actor=actor, order=order, one=one, why=WhyOff.GONE)
        return False
    if restock:
        stock.put_back(
            actor=actor,
            variant_id=line.variant_id,
            quantity=one.quantity,
            reason=one.number,
            order_id=order.id,
            order_line_id=line.id,
            place_id=way().lies_at(order.id),
        )
    EXCHANGE_MOVES.move(one, ExchangeStatus.APPROVED)
    one.approved_at = clock.now()
    _note(actor, "approve", one, reason=reason, difference_minor=one.difference_minor)
    facts.record(
        LineExchanged(
            order_id=order.id,
            order_line_id=line.id,
            exchange_id=one.id,
            quantity=one.quantity,
            variant_id=one.variant_id,
            difference_minor=one.difference_minor,
            exchanged_at=one.approved_at,
        )
    )
    db.session.flush()
    letters.approved(order, one)
    return True


def call_off(*, actor: Actor, order: Order, one: Exchange, why: WhyOff, reason: str | None = None) -> None:
    """Nothing is exchanged: what was kept is free, and a difference that was paid goes back.

    The caller holds the order's lock; `reason` is what staff say of it. Once is enough: what is off stays as
    it is.
    """
    if one.status == ExchangeStatus.OFF:
        return
    EXCHANGE_MOVES.move(one, ExchangeStatus.OFF)
    one.why_off, one.closed_at = why, clock.now()
    db.session.flush()
    stock.release(order_id=one.promise_id)
    _note(actor, "call_off", one, reason=reason or str(why))
    if one.paid_minor:
        facts.record(PaidForNothing(exchange_id=one.id))
    letters.off(order, one)


def send(*, actor: Actor, exchange_id: int, carrier: str, follow: str, tracking: str, words: str) -> Exchange:
    """The new pieces left in a parcel: `carrier` is its key, `words` its name, `follow` where it is seen.

    Raises `IllegalMove` unless they waited to be packed, and `PiecesStay` while a payment is disputed.
    """
    order, one = held(exchange_id)
    _refuse_disputed(order, one)
    EXCHANGE_MOVES.move(one, ExchangeStatus.SENT)
    one.carrier, one.tracking, one.sent_at = carrier, tracking, clock.now()
    _note(actor, "send", one)
    letters.sent(order, one, words, follow)
    return one


def arrive(*, actor: Actor, exchange_id: int) -> Exchange:
    """The shopper has the new pieces: the parcel arrived, or they took them along in the store.

    What left before a bank asked for its difference arrives all the same; raises `PiecesStay` otherwise.
    """
    order, one = held(exchange_id)
    if one.status != ExchangeStatus.SENT:
        _refuse_disputed(order, one)
    EXCHANGE_MOVES.move(one, ExchangeStatus.DONE)
    one.closed_at = clock.now()
    _note(actor, "arrive", one)
    return one


def held(exchange_id: int) -> tuple[Order, Exchange]:
    """The order, locked, and then the exchange as it is now; raises `ExchangeUnknown`."""
    found = exchange_by_id(exchange_id)
    if found is None:
        raise ExchangeUnknown()
    order = locked(Order.id == found.order_id)
    db.session.refresh(found)
    return order, found


def is_open(one: Exchange | None) -> bool:
    """Whether the old pieces still have to be looked at."""
    return one is not None and one.status in OPEN_EXCHANGES


def _refuse_disputed(order: Order, one: Exchange) -> None:
    """Nothing leaves while a bank decides or without the order's money; a lost difference the house bears."""
    if order.dispute in DISPUTED or one.dispute == Dispute.OPEN:
        raise PiecesStay()


def _wanted(line: OrderLine, variant_id: int) -> Variant:
    wanted = db.session.get(Variant, variant_id)
    if wanted is None or wanted.product_id != line.product_id or wanted.id == line.variant_id:
        raise NotAnotherOfIt()
    product = db.session.get_one(Product, wanted.product_id)
    if wanted.withdrawn_at is not None or product.status != ProductStatus.ACTIVE:
        raise NotAnotherOfIt()
    return wanted


def _note(actor: Actor, act: str, one: Exchange, reason: str | None = None, **after: Any) -> None:
    record(
        actor=actor,
        action=f"exchanges.{act}",
        subject=("order", one.order_id),
        reason=reason,
        after={"exchange": one.number, "pieces": one.quantity, **after},
    )
    db.session.flush()

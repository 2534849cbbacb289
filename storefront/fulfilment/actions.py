"""The steps of an order's pieces, taken by staff, and calling an order off.

The way is locked first, then its order, then what is on the shelf.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, facts, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.money import Money
from foundation.states import IllegalMove
from storefront.fulfilment import letters
from storefront.fulfilment.acts import CALLED_OFF
from storefront.fulfilment.carriers import CARRIERS
from storefront.fulfilment.errors import (
    NotAllThere,
    NothingOnItsWay,
    ShutForGood,
    TooLateToCancel,
    WrongWayOut,
)
from storefront.fulfilment.models import (
    FULFILMENT_MOVES,
    PUT_TOGETHER,
    STILL_YOURS,
    Fulfilment,
    FulfilmentStatus,
    FulfilmentStep,
)
from storefront.fulfilment.queries import all_given_back, pieces_to_carry
from storefront.orders.errors import PaymentIsDisputed, PiecesStay
from storefront.orders.facts import OrderCancelled
from storefront.orders.locking import locked
from storefront.orders.models import DISPUTED, Delivery, Order, OrderStatus
from storefront.orders.queries import order_by_id
from storefront.places.queries import place_by_id
from storefront.promotions import actions as promotions
from storefront.returns.actions import request_rest
from storefront.stock.errors import MoreThanLies
from storefront.stock.keeping import transfer
from storefront.stock.queries import is_closed


def begin(*, order_id: int) -> None:
    """An order was paid: its pieces wait to be picked. Saying it twice is saying it once.

    What was rung up at a till went out of the door with its customer: there is nothing on its way.
    """
    if order_by_id(order_id).till_place_id is not None:
        return
    made = db.session.scalar(
        insert(Fulfilment)
        .values(
            order_id=order_id,
            status=FulfilmentStatus.WAITING,
            place_id=order_by_id(order_id).place_id,
        )
        .on_conflict_do_nothing()
        .returning(Fulfilment.order_id)
    )
    if made is not None:
        note_step(order_id, FulfilmentStatus.WAITING)


def advance(
    *, actor: Actor, order_ids: Sequence[int], to: FulfilmentStatus, reason: str | None = None
) -> list[int]:
    """Take many orders one step on; the ids of those that could not go there (any more).

    Picking, packed, ready to collect, or back to waiting. A parcel leaves by `send`. Locked by id, so two
    at the bench never wait for each other in a circle.
    """
    left_out = []
    for order_id in sorted(set(order_ids)):
        try:
            _step(actor, order_id, to, reason)
        except (IllegalMove, NothingOnItsWay, PiecesStay, WrongWayOut):
            left_out.append(order_id)
    db.session.flush()
    return left_out


def open_again(*, actor: Actor, order_id: int, reason: str) -> None:
    """What was packed, or lies ready, is taken apart once more: something about it is wrong.

    The shopper of what lay ready is told that it does no longer. Raises `IllegalMove` unless it is put
    together and still here, `PiecesStay` while the payment is disputed.
    """
    parcel = locked_parcel(order_id)
    before = parcel.status
    if before not in PUT_TOGETHER:
        raise IllegalMove(start=before, end=FulfilmentStatus.PICKING)
    order = _step(actor, order_id, FulfilmentStatus.PICKING, reason, parcel)
    if before == FulfilmentStatus.READY:
        letters.not_ready(order)


def send(*, actor: Actor, order_id: int, carrier: str, tracking: str) -> None:
    """The parcel left the house; the shopper hears where it is.

    Raises `IllegalMove` unless it was packed, `WrongWayOut` for what is collected, `PiecesStay` while the
    payment is disputed.
    """
    parcel = locked_parcel(order_id)
    parcel.carrier, parcel.tracking = (carrier if carrier in CARRIERS else ""), tracking
    order = _step(actor, order_id, FulfilmentStatus.SENT, None, parcel)
    letters.sent(order, CARRIERS.get(carrier), tracking)


def correct_parcel(*, actor: Actor, order_id: int, carrier: str, tracking: str) -> None:
    """The number of a parcel that left was written down wrong; the shopper gets the right one, once.

    Raises `IllegalMove` unless it is on its way.
    """
    parcel = locked_parcel(order_id)
    if parcel.status != FulfilmentStatus.SENT:
        raise IllegalMove(start=parcel.status, end=FulfilmentStatus.SENT)
    kept = carrier if carrier in CARRIERS else ""
    before = {"carrier": parcel.carrier, "tracking": parcel.tracking}
    if before == {"carrier": kept, "tracking": tracking}:
        return
    parcel.carrier, parcel.tracking = kept, tracking
    db.session.flush()
    record(
        actor=actor,
        action="fulfilment.corrected",
        subject=("order", order_id),
        reason=tracking or None,
        before=before,
        after={"carrier": kept, "tracking": tracking},
    )
    letters.sent(order_by_id(order_id), CARRIERS.get(kept), tracking)


def move_to(*, actor: Actor, order_id: int, place_id: int) -> None:
    """Another place picks it, while nobody has begun: its pieces take the place of those the sale was booked
    from, which can be sold again. The place that picks it now changes nothing.

    Raises `NotAllThere` when that place has not got every piece to spare, `ShutForGood`, `PiecesStay` while
    the payment is disputed, and `IllegalMove` once somebody picks.
    """
    parcel = locked_parcel(order_id)
    order = locked(Order.id == order_id)
    if order.dispute in DISPUTED:
        raise PiecesStay()
    if parcel.status != FulfilmentStatus.WAITING:
        raise IllegalMove(start=parcel.status, end=FulfilmentStatus.WAITING)
    before, chosen = parcel.place_id, place_by_id(place_id)
    if chosen.id == before:
        return
    if is_closed(chosen.id):
        raise ShutForGood()
    wanted = pieces_to_carry(order)
    if wanted:
        try:
            transfer(
                actor=actor,
                from_place_id=chosen.id,
                to_place_id=before,
                wanted=wanted,
                reason=order.number,
                batch=ids.token(),
                even_closed=True,
            )
        except MoreThanLies:
            raise NotAllThere() from None
    parcel.place_id = chosen.id
    record(
        actor=actor,
        action="fulfilment.move_to",
        subject=("order", order_id),
        reason=chosen.name,
        before={"place": before},
        after={"place": chosen.id},
    )
    db.session.flush()


def cancel(*, actor: Actor, order_id: int) -> None:
    """The shopper calls an order off: all of it goes back, once, however often they ask.

    Raises `TooLateToCancel` once somebody is picking it, and `PaymentIsDisputed` while the bank has the
    money. Under the locks of the way and of the order: whoever begins to pick at the same moment, and the
    bank that disputes it, come before or after.
    """
    parcel = locked_parcel(order_id)
    if parcel.status == FulfilmentStatus.CANCELLED:
        return
    if parcel.status not in STILL_YOURS:
        raise TooLateToCancel()
    order = locked(Order.id == order_id)
    if order.delivered_at is not None:
        raise TooLateToCancel()
    if order.dispute in DISPUTED:
        raise PaymentIsDisputed()
    _end(actor, order, parcel)
    if order.voucher_codes:
        promotions.give_back(order_id=order_id)
    refund = request_rest(
        actor=actor,
        order_id=order_id,
        reason=CALLED_OFF,
        key=f"refund:cancel:{order_id}",
        restock=True,
    )
    if refund is not None:
        letters.cancelled(order, Money(refund.amount_minor, order.currency))


def note_delivered(*, order_id: int) -> None:
    """The pieces are with the shopper, whatever step they were at."""
    parcel = _found(order_id)
    if parcel is not None and FULFILMENT_MOVES.allows(parcel.status, FulfilmentStatus.DONE):
        FULFILMENT_MOVES.move(parcel, FulfilmentStatus.DONE)
        note_step(order_id, FulfilmentStatus.DONE)


def note_refunded(*, actor: Actor, order_id: int) -> None:
    """Money went back: when it was all of it, and the pieces are still here, nobody packs them any more."""
    parcel = _found(order_id)
    if parcel is None or not FULFILMENT_MOVES.allows(parcel.status, FulfilmentStatus.CANCELLED):
        return
    order = order_by_id(order_id)
    if all_given_back(order):
        _end(actor, order, parcel)


def _step(
    actor: Actor,
    order_id: int,
    to: FulfilmentStatus,
    reason: str | None,
    parcel: Fulfilment | None = None,
) -> Order:
    parcel = parcel or locked_parcel(order_id)
    order = locked(Order.id == order_id)
    if order.dispute in DISPUTED:
        raise PiecesStay()
    pickup = order.delivery == Delivery.PICKUP
    if (to == FulfilmentStatus.READY and not pickup) or (to == FulfilmentStatus.SENT and pickup):
        raise WrongWayOut()
    before = parcel.status
    if before in PUT_TOGETHER and to == FulfilmentStatus.PICKING and not reason:
        raise IllegalMove(start=before, end=to)  # `open_again` says why
    FULFILMENT_MOVES.move(parcel, to)
    note_step(order_id, to)
    record(
        actor=actor,
        action=f"fulfilment.{to}",
        subject=("order", order_id),
        reason=reason,
        before={"status": before},
    )
    if to == FulfilmentStatus.PICKING and before == FulfilmentStatus.WAITING:
        letters.picking(order)
    elif to == FulfilmentStatus.READY:
        letters.ready(order)
    return order


def _end(actor: Actor, order: Order, parcel: Fulfilment) -> None:
    before = parcel.status
    FULFILMENT_MOVES.move(parcel, FulfilmentStatus.CANCELLED)
    note_step(order.id, FulfilmentStatus.CANCELLED)
    record(
        actor=actor,
        action="fulfilment.cancelled",
        subject=("order", order.id),
        before={"status": before},
    )
    facts.record(OrderCancelled(order_id=order.id))
    db.session.flush()


def note_step(order_id: int, status: FulfilmentStatus) -> None:
    """When the pieces came to a status."""
    db.session.flush()
    db.session.add(FulfilmentStep(order_id=order_id, status=status, at=clock.now()))
    db.session.flush()


def locked_parcel(order_id: int) -> Fulfilment:
    """The way of a paid order, made now if the fact of its payment has not arrived yet."""
    parcel = _found(order_id)
    if parcel is None:
        if order_by_id(order_id).status != OrderStatus.PAID:
            raise NothingOnItsWay()
        begin(order_id=order_id)
        parcel = _found(order_id)
    if parcel is None:
        raise NothingOnItsWay()
    return parcel


def _found(order_id: int) -> Fulfilment | None:
    return db.session.scalars(
        select(Fulfilment)
        .where(Fulfilment.order_id == order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()

"""Orders that are collected in a store, when it shuts, or when their shoppers want to go to another one.

The way is locked first, then its order, then what is on the shelf, as in `actions`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.jobs import queue
from foundation.states import IllegalMove
from storefront.delivery.policy import ready_at
from storefront.fulfilment import letters
from storefront.fulfilment.actions import locked_parcel, note_step
from storefront.fulfilment.errors import NoPickupThere, WrongWayOut
from storefront.fulfilment.models import (
    FULFILMENT_MOVES,
    IN_THE_HOUSE,
    Fulfilment,
    FulfilmentStatus,
    ShutNotice,
)
from storefront.fulfilment.queries import collected_in, pieces_to_carry
from storefront.orders import actions as orders
from storefront.orders.errors import PiecesStay
from storefront.orders.locking import locked
from storefront.orders.models import DISPUTED, Delivery, Order
from storefront.orders.queries import order_by_id
from storefront.places.models import Place
from storefront.places.queries import place_by_id, stores
from storefront.places.showing import hours_of
from storefront.stock.errors import MoreThanLies
from storefront.stock.keeping import transfer

# A day further off than this is no news yet; it becomes some when it comes this near.
TOLD_AHEAD = timedelta(days=14)
# The night's job looks at days that came near in the last two nights: one it missed is made up for.
JUST_NEAR = timedelta(days=1)
TELL_SHUT = "fulfilment.tell_shut"


def tell_everybody(*, place_id: int, day: date | None) -> None:
    """Whoever would collect there is told that it is shut on that day, or for good; each by an own job.

    Nothing happens when the place is open after all, or the day is past or far off.
    """
    if _is_shut(place_by_id(place_id), day):
        said = {"place_id": place_id, "day": day.isoformat() if day else None}
        queue.defer_many(TELL_SHUT, [{"order_id": one, **said} for one in collected_in(place_id)])


def tell_what_came_near() -> None:
    """Days off that were written down when they were far off, and have come near: told once, as any other.

    Who ordered after such a day was written down was promised another one, and is told as well when it may
    lie ready by then.
    """
    for place in stores():
        near = place.local(clock.now()).date() + TOLD_AHEAD
        for one in place.special_days:
            if near - JUST_NEAR <= one.day <= near:
                tell_everybody(place_id=place.id, day=one.day)


def tell_late(*, order_id: int) -> None:
    """An order was paid when its store had shut already, or on the day it was promised for: it was none to
    tell then, and is told now. Once, if that was done meanwhile.
    """
    order = order_by_id(order_id)
    if order.delivery != Delivery.PICKUP or order.place_id is None:
        return
    place = place_by_id(order.place_id)
    if place.closed_at is not None:
        tell_shut(order_id=order_id, place_id=place.id, day=None)
    elif order.ready_at is not None:
        tell_shut(order_id=order_id, place_id=place.id, day=place.local(order.ready_at).date())


def tell_shut(*, order_id: int, place_id: int, day: date | None) -> bool:
    """Who would collect an order there is told, once; whether that was now.

    What was promised for that day is promised for the next opening instead. Nothing happens when the place
    is open after all, the day is past or far off, or the order is not collected there any more.
    """
    place = place_by_id(place_id)
    if not _is_shut(place, day) or not collected_in(place_id, order_id):
        return False
    parcel = locked_parcel(order_id)
    order = locked(Order.id == order_id)
    if not collected_in(place_id, order_id) or (day is not None and not _concerns(parcel, order, place, day)):
        return False
    made = db.session.scalar(
        insert(ShutNotice)
        .values(
            order_id=order_id,
            place_id=place_id,
            day=day or place.local(place.closed_at or clock.now()).date(),
            for_good=day is None,
            told_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(ShutNotice.order_id)
    )
    if made is None:
        return False
    instead = _promised_anew(order, parcel, place, day) if day else None
    letters.shut(order, place, day, lies_ready=parcel.status == FulfilmentStatus.READY, instead=instead)
    db.session.flush()
    return True


def settle_shut(*, actor: Actor, order_id: int, reason: str) -> None:
    """Staff know what happens with an order whose store is shut. Saying it twice is saying it once."""
    if _settle(order_id):
        record(actor=actor, action="fulfilment.shut_settled", subject=("order", order_id), reason=reason)


def collect_at(*, actor: Actor, order_id: int, place_id: int, reason: str) -> bool:
    """It is collected in another store, which the shopper is told; whether that changed anything.

    While nobody has begun, that store picks it from its own shelf when it has all of it; otherwise the pieces
    are carried there, and what lay ready is packed once more until it does again. The store it was told
    before changes nothing. Raises `NoPickupThere`, `WrongWayOut` for what goes to a door, `PiecesStay` while
    the payment is disputed, and `IllegalMove` once the shopper has it.
    """
    parcel = locked_parcel(order_id)
    order = locked(Order.id == order_id)
    if order.dispute in DISPUTED:
        raise PiecesStay()
    if order.delivery != Delivery.PICKUP:
        raise WrongWayOut()
    if parcel.status not in IN_THE_HOUSE or order.delivered_at is not None:
        raise IllegalMove(start=parcel.status, end=parcel.status)
    chosen = place_by_id(place_id)
    if chosen.id == order.place_id:
        return False
    if not chosen.is_store or chosen.closed_at is not None or not chosen.pickup:
        raise NoPickupThere()
    before = order.place_id
    if parcel.status == FulfilmentStatus.READY:
        FULFILMENT_MOVES.move(parcel, FulfilmentStatus.PACKED)
        note_step(order_id, FulfilmentStatus.PACKED)
    if parcel.status != FulfilmentStatus.WAITING or _picks(actor, order, parcel, chosen):
        parcel.place_id = chosen.id
    orders.collect_in(order=order, place_id=chosen.id, name=chosen.name)
    _settle(order_id)
    record(
        actor=actor,
        action="fulfilment.collect_at",
        subject=("order", order_id),
        reason=reason,
        before={"place": before},
        after={"place": chosen.id},
    )
    letters.collect_at(order, chosen)
    return True


def _picks(actor: Actor, order: Order, parcel: Fulfilment, chosen: Place) -> bool:
    """Whether the store picks it from its own shelf; its pieces take the place of those that were sold."""
    wanted = pieces_to_carry(order)
    if not wanted or parcel.place_id == chosen.id:
        return True
    try:
        transfer(
            actor=actor,
            from_place_id=chosen.id,
            to_place_id=parcel.place_id,
            wanted=wanted,
            reason=order.number,
            batch=ids.token(),
            even_closed=True,
        )
    except MoreThanLies:
        return False
    return True


def _is_shut(place: Place, day: date | None) -> bool:
    """Whether a place is shut for good, or (with a day) on one that is near enough to be told."""
    if day is None:
        return place.closed_at is not None
    today = place.local(clock.now()).date()
    return not hours_of(place).on(day) and today <= day <= today + TOLD_AHEAD


def _concerns(parcel: Fulfilment, order: Order, place: Place, day: date) -> bool:
    """Whether its shopper might come on that day."""
    if parcel.status == FulfilmentStatus.READY or order.ready_at is None:
        return True
    return place.local(order.ready_at).date() <= day


def _promised_anew(order: Order, parcel: Fulfilment, place: Place, day: date) -> datetime | None:
    """When it lies ready instead, if it was promised for that day and does not lie ready already."""
    if parcel.status == FulfilmentStatus.READY or order.ready_at is None:
        return None
    promised = place.local(order.ready_at)
    if promised.date() != day:
        return None
    instead = ready_at(hours_of(place), promised, 0)
    orders.promise(order=order, ready_at=instead)
    return instead


def _settle(order_id: int) -> bool:
    return bool(
        db.session.scalars(
            update(ShutNotice)
            .where(ShutNotice.order_id == order_id, ShutNotice.settled_at.is_(None))
            .values(settled_at=clock.now())
            .returning(ShutNotice.order_id)
        ).all()
    )

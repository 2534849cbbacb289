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
from storefront.places.models import Place
from storefront.places.policy import Hours
from storefront.places.queries import place_by_id
from storefront.places.showing import hours_of
from storefront.stock.errors import MoreThanLies
from storefront.stock.keeping import transfer

# A day further off than this is no news yet: whoever orders meanwhile is promised another one.
TOLD_AHEAD = timedelta(days=14)


def tell_shut(*, place_id: int, day: date | None) -> list[int]:
    """Everybody who would collect there is told, once: on that day, or for good. The ids of their orders.

    What was promised for that day is promised for the next opening instead. Nothing happens when the place
    is open after all, or the day is past or far off.
    """
    place = place_by_id(place_id)
    today = place.local(clock.now()).date()
    for_good, hours = day is None, hours_of(place)
    if for_good and place.closed_at is None:
        return []
    if day is not None and (hours.on(day) or not today <= day <= today + TOLD_AHEAD):
        return []
    told = []
    for parcel in collected_in(place_id):
        order = parcel.order
        if day is not None and not _concerns(parcel, place, day):
            continue
        made = db.session.scalar(
            insert(ShutNotice)
            .values(
                order_id=order.id,
                place_id=place_id,
                day=day or today,
                for_good=for_good,
                told_at=clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(ShutNotice.order_id)
        )
        if made is None:
            continue
        instead = _promised_anew(order, parcel, place, hours, day) if day else None
        letters.shut(order, place, day, lies_ready=parcel.status == FulfilmentStatus.READY, instead=instead)
        told.append(order.id)
    db.session.flush()
    return told


def settle_shut(*, actor: Actor, order_id: int, reason: str) -> None:
    """Staff know what happens with an order whose store is shut. Saying it twice is saying it once."""
    if _settle(order_id):
        record(actor=actor, action="fulfilment.shut_settled", subject=("order", order_id), reason=reason)


def collect_at(*, actor: Actor, order_id: int, place_id: int, reason: str) -> None:
    """It is collected in another store, which the shopper is told.

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
    if parcel.status not in IN_THE_HOUSE:
        raise IllegalMove(start=parcel.status, end=parcel.status)
    chosen = place_by_id(place_id)
    if chosen.id == order.place_id:
        return
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


def _concerns(parcel: Fulfilment, place: Place, day: date) -> bool:
    """Whether its shopper might come on that day."""
    if parcel.status == FulfilmentStatus.READY or parcel.order.ready_at is None:
        return True
    return place.local(parcel.order.ready_at).date() <= day


def _promised_anew(
    order: Order, parcel: Fulfilment, place: Place, hours: Hours, day: date
) -> datetime | None:
    """When it lies ready instead, if it was promised for that day and does not lie ready already."""
    if parcel.status == FulfilmentStatus.READY or order.ready_at is None:
        return None
    promised = place.local(order.ready_at)
    if promised.date() != day:
        return None
    instead = ready_at(hours, promised, 0)
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

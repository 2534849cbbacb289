"""Promising pieces to orders, selling them, putting them back.

Two buyers and one piece: whoever locks the variant first has it. Variants are locked in the order of their
ids, after everything else the transaction does and before the count is read, and every count is read by a
statement of its own after the lock, so that it sees what the other buyer has committed. The lock is FOR NO
KEY UPDATE: order and bag lines hold a key-share lock on the same rows through their foreign keys, and two
orders upgrading that to FOR UPDATE would wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, rows
from storefront.catalog.announcing import tell
from storefront.catalog.facts import Change
from storefront.catalog.ports import PLENTY
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock.errors import PlaceClosed, SoldOut
from storefront.stock.models import MovementKind
from storefront.stock.moving import Move, move
from storefront.stock.queries import THERE, available, is_closed

# Also the part of a larger statement that locks `when` something holds; it names its own parameter.
LOCK = """
    SELECT id FROM variants WHERE id = ANY(CAST(:{ids} AS bigint[])) {when} ORDER BY id FOR NO KEY UPDATE
"""
_LOCK = text(LOCK.format(ids="ids", when=""))

# All or nothing, decided by the statement that writes: one short piece, and no row is made.
_PROMISE = text(
    f"""
    WITH there AS ({THERE}),
         wanted AS (
            SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:quantities AS bigint[]))
                AS piece (variant_id, quantity))
    INSERT INTO reservations (order_id, variant_id, place_id, quantity, expires_at, holder)
    SELECT :order_id, wanted.variant_id, :place_id, wanted.quantity, :until, :owner FROM wanted
    WHERE NOT EXISTS (
        SELECT FROM wanted piece LEFT JOIN there ON there.id = piece.variant_id
        WHERE coalesce(there.quantity, 0) < piece.quantity)
    ON CONFLICT (order_id, variant_id)
    DO UPDATE SET quantity = excluded.quantity, expires_at = excluded.expires_at,
                  place_id = excluded.place_id
    RETURNING id
    """
)

_FORGET = text("DELETE FROM reservations WHERE order_id = :order_id")

# Names the variants of which the web could sell nothing while these pieces were promised, and now can.
_FREE = text(
    f"""
    WITH ended AS (
        DELETE FROM reservations WHERE order_id = :order_id RETURNING variant_id, place_id, quantity),
    free AS (
        SELECT variant.id, variant.product_id, ended.quantity, variant.on_hand - coalesce((
            SELECT sum(other.quantity) FROM reservations other
            WHERE other.variant_id = variant.id AND other.place_id = {WEB_WAREHOUSE}
              AND other.order_id <> :order_id AND other.expires_at > :now), 0) AS now_there
        FROM ended JOIN variants variant
            ON variant.id = ended.variant_id AND ended.place_id = {WEB_WAREHOUSE}
        WHERE variant.tracked AND NOT variant.oversell AND variant.withdrawn_at IS NULL)
    SELECT id, product_id FROM free WHERE now_there > 0 AND now_there <= quantity ORDER BY id
    """
)


def reserve(
    *,
    actor: Actor,
    order_id: int,
    wanted: Mapping[int, int],
    until: datetime,
    holder: str | None = None,
    place_id: int = WEB_WAREHOUSE,
) -> None:
    """Promise `wanted` (variant: quantity) of a place to an order until a moment.

    Raises `SoldOut` naming what is short, and `PlaceClosed`. Called last in its transaction. Not audited by
    itself: the order it is for is.
    """
    lock_variants(wanted)
    promise(order_id=order_id, wanted=wanted, until=until, holder=holder, place_id=place_id)


def promise(
    *,
    order_id: int,
    wanted: Mapping[int, int],
    until: datetime,
    holder: str | None = None,
    place_id: int = WEB_WAREHOUSE,
) -> None:
    """`reserve` for a caller whose last statement has locked the variants by `LOCK`."""
    if place_id != WEB_WAREHOUSE and is_closed(place_id):
        raise PlaceClosed()
    values = {
        "order_id": order_id,
        "place_id": place_id,
        "until": until,
        "owner": holder,
        "ids": list(wanted),
        "quantities": list(wanted.values()),
        "now": clock.now(),
        "plenty": PLENTY,
        "holder": "",
    }
    if not rows(_PROMISE, values):
        _refuse_short(wanted, available(wanted, place_id=place_id, besides_order=order_id))


def release(*, order_id: int) -> None:
    """End whatever is promised to an order; saying it twice is saying it once."""
    for variant_id, product_id in db.session.execute(_FREE, {"order_id": order_id, "now": clock.now()}):
        tell(Change.BACK_IN_STOCK, product_id, variant_id)


def sell(
    *,
    actor: Actor,
    order_id: int,
    wanted: Mapping[int, int],
    reason: str | None = None,
    place_id: int = WEB_WAREHOUSE,
    promised_to: int | None = None,
) -> None:
    """Take the pieces of a paid order off the shelf of a place and end their promise.

    A promise that has run out is no obstacle while the pieces are there; raises `SoldOut` when they are not.
    `promised_to` is whose promise that is when it is not the order's own. The caller makes sure, by the
    status of the order under its lock, that an order is sold once.
    """
    promise_id = order_id if promised_to is None else promised_to
    lock_variants(wanted)
    _refuse_short(wanted, available(wanted, place_id=place_id, besides_order=promise_id))
    db.session.execute(_FORGET, {"order_id": promise_id})
    gone = [
        Move(variant_id, place_id, MovementKind.SOLD, -quantity)
        for variant_id, quantity in sorted(wanted.items())
    ]
    move(actor=actor, moves=gone, order_id=order_id, reason=reason)


def put_back(
    *,
    actor: Actor,
    variant_id: int,
    quantity: int,
    reason: str,
    order_id: int | None = None,
    order_line_id: int | None = None,
    place_id: int = WEB_WAREHOUSE,
) -> None:
    """Returned pieces are on the shelf of a place again; the line of the order says which they were."""
    lock_variants([variant_id])
    back = Move(variant_id, place_id, MovementKind.RETURNED, quantity, order_line_id=order_line_id)
    move(actor=actor, moves=[back], order_id=order_id, reason=reason)
    record(
        actor=actor,
        action="stock.put_back",
        subject=("variant", variant_id),
        reason=reason,
        after={"quantity": quantity, "place": place_id},
    )


def lock_variants(variant_ids: Iterable[int]) -> None:
    """Whoever reads a level to decide locks the variant first, all in the order of their ids."""
    db.session.execute(_LOCK, {"ids": sorted(variant_ids)})


def _refuse_short(wanted: Mapping[int, int], there: Mapping[int, int]) -> None:
    short = {id_: there.get(id_, 0) for id_, quantity in wanted.items() if there.get(id_, 0) < quantity}
    if short:
        raise SoldOut(short)

"""What staff do with pieces: take in a delivery, put a count right, carry them elsewhere, mark a level.

Each locks its variants before it reads what lies there, as a sale does, and is written into the audit.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, unless_taken
from storefront.catalog.errors import ProductNotFound
from storefront.places.models import Place
from storefront.places.queries import place_by_id
from storefront.stock.actions import lock_variants
from storefront.stock.errors import (
    AlreadyMoved,
    MoreThanLies,
    NotCounted,
    PlaceClosed,
    QuantityRefused,
    SamePlace,
)
from storefront.stock.models import MovementKind
from storefront.stock.moving import Move, move
from storefront.stock.policy import MOST_AT_ONCE
from storefront.stock.queries import is_closed, levels_at, tracked_of, was_moved

_MARK = text(
    """
    INSERT INTO stock_low_marks (product_id, variant_id, low_at)
    SELECT product_id, CASE WHEN :whole THEN NULL ELSE id END, :low_at FROM variants WHERE id = :variant_id
    ON CONFLICT (product_id, variant_id) DO UPDATE SET low_at = excluded.low_at RETURNING product_id
    """
)
_UNMARK = text(
    """
    DELETE FROM stock_low_marks mark USING variants variant
    WHERE variant.id = :variant_id AND mark.product_id = variant.product_id
      AND mark.variant_id IS NOT DISTINCT FROM CASE WHEN :whole THEN NULL ELSE variant.id END
    RETURNING mark.product_id
    """
)


def receive(*, actor: Actor, place_id: int, wanted: Mapping[int, int], reason: str, batch: str) -> None:
    """A delivery arrived at a place (variant: how many). The same `batch` again raises `AlreadyMoved`.

    Raises `PlaceClosed`, `NotCounted`, and `QuantityRefused` for none, less than none, or far too many.
    """
    place = _open_place(place_id)
    _prepare(wanted)
    come = [
        Move(variant_id, place.id, MovementKind.RECEIVED, quantity)
        for variant_id, quantity in sorted(wanted.items())
    ]
    _move_once(actor, come, reason, batch)
    record(
        actor=actor,
        action="stock.receive",
        subject=("place", place.id),
        reason=reason,
        after={"variants": len(wanted), "pieces": sum(wanted.values())},
    )


def correct(*, actor: Actor, variant_id: int, place_id: int, counted: int, reason: str) -> int:
    """Somebody counted: from now on `counted` lie there. Returns by how much it differed; 0 writes nothing.

    Pieces promised to orders may be more than are there afterwards: such an order shows up when it is paid.
    """
    if not 0 <= counted <= MOST_AT_ONCE:
        raise QuantityRefused()
    place = place_by_id(place_id)
    _lock_counted([variant_id])
    before = levels_at(place.id, [variant_id])[variant_id]
    if counted != before:
        change = Move(variant_id, place.id, MovementKind.CORRECTED, counted - before)
        move(actor=actor, moves=[change], reason=reason)
        record(
            actor=actor,
            action="stock.correct",
            subject=("variant", variant_id),
            reason=reason,
            before={"place": place.id, "on_hand": before},
            after={"place": place.id, "on_hand": counted},
        )
    return counted - before


def transfer(
    *,
    actor: Actor,
    from_place_id: int,
    to_place_id: int,
    wanted: Mapping[int, int],
    reason: str,
    batch: str,
    even_closed: bool = False,
) -> None:
    """Pieces go from one place to another at once. The same `batch` again raises `AlreadyMoved`.

    `even_closed`: to a store that is closed for good, too, where they take the place of what was sold there.

    Raises `MoreThanLies` when they are not there or promised to orders, `SamePlace`, `PlaceClosed`,
    `NotCounted` and `QuantityRefused`.
    """
    if from_place_id == to_place_id:
        raise SamePlace()
    origin = place_by_id(from_place_id)
    target = place_by_id(to_place_id) if even_closed else _open_place(to_place_id)
    _prepare(wanted)
    if was_moved(batch):
        raise AlreadyMoved()
    free = levels_at(origin.id, wanted, less_promised=True)
    if any(free[variant_id] < quantity for variant_id, quantity in wanted.items()):
        raise MoreThanLies()
    both = [
        Move(variant_id, here, MovementKind.TRANSFERRED, quantity * sign, other_place_id=there)
        for variant_id, quantity in sorted(wanted.items())
        for here, there, sign in ((origin.id, target.id, -1), (target.id, origin.id, 1))
    ]
    _move_once(actor, both, reason, batch)
    record(
        actor=actor,
        action="stock.transfer",
        subject=("place", target.id),
        reason=reason,
        after={"from": origin.id, "variants": len(wanted), "pieces": sum(wanted.values())},
    )


def mark_low(*, actor: Actor, variant_id: int, low_at: int | None, whole_product: bool) -> None:
    """From which count on staff hear of a variant, or of all of its product's; None takes the mark away."""
    if low_at is not None and not 0 <= low_at <= MOST_AT_ONCE:
        raise QuantityRefused()
    values = {"variant_id": variant_id, "whole": whole_product, "low_at": low_at}
    statement = _UNMARK if low_at is None else _MARK
    marked = db.session.execute(statement, values).scalars().all()
    if low_at is not None and not marked:
        raise ProductNotFound()
    for product_id in marked:
        subject = ("product", product_id) if whole_product else ("variant", variant_id)
        record(actor=actor, action="stock.mark_low", subject=subject, after={"low_at": low_at})


def _prepare(wanted: Mapping[int, int]) -> None:
    if not wanted or not all(0 < quantity <= MOST_AT_ONCE for quantity in wanted.values()):
        raise QuantityRefused()
    _lock_counted(list(wanted))


def _lock_counted(variant_ids: list[int]) -> None:
    lock_variants(variant_ids)
    tracked = tracked_of(variant_ids)
    if any(variant_id not in tracked for variant_id in variant_ids):
        raise ProductNotFound()
    if not all(tracked.values()):
        raise NotCounted()


def _open_place(place_id: int) -> Place:
    place = place_by_id(place_id)
    if is_closed(place.id):
        raise PlaceClosed()
    return place


def _move_once(actor: Actor, moves: list[Move], reason: str, batch: str) -> None:
    with unless_taken(AlreadyMoved, "uq_stock_movements_batch"):
        move(actor=actor, moves=moves, reason=reason, batch=batch)

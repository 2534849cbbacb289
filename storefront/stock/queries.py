from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, ColumnElement, Text, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from foundation import clock
from foundation.db import db, rows
from storefront.catalog.models import Variant
from storefront.catalog.policy import FEW
from storefront.catalog.ports import PLENTY
from storefront.places.models import WEB_WAREHOUSE, Place
from storefront.stock.models import Reservation, StockLevel, StockMovement

# A promise past its moment counts for nothing here: expiry needs no job. `holder` is whose promises are left
# out: a bag looked at by its owner does not count what its owner has on order. What may be oversold never
# runs out on the web; in a store there is what hangs there.
THERE = f"""
    SELECT variant.id,
           CASE WHEN NOT variant.tracked OR (variant.oversell AND :place_id = {WEB_WAREHOUSE}) THEN :plenty
                ELSE greatest(
                    CASE WHEN :place_id = {WEB_WAREHOUSE} THEN variant.on_hand ELSE coalesce((
                        SELECT level.on_hand FROM stock_levels level
                        WHERE level.variant_id = variant.id AND level.place_id = :place_id), 0) END
                    - coalesce(promised.quantity, 0), 0) END AS quantity
    FROM variants variant
    LEFT JOIN LATERAL (
        SELECT sum(reservation.quantity) AS quantity FROM reservations reservation
        WHERE reservation.variant_id = variant.id AND reservation.place_id = :place_id
          AND reservation.expires_at > :now
          AND reservation.holder IS DISTINCT FROM :holder
          AND reservation.order_id <> :order_id
    ) promised ON true
    WHERE variant.id = ANY(CAST(:ids AS bigint[]))
"""
_AVAILABLE = text(THERE)

# What lies where: the level of the warehouse is the variant's own.
LEVELS = f"""
    SELECT id AS variant_id, {WEB_WAREHOUSE} AS place_id, on_hand FROM variants
    UNION ALL SELECT variant_id, place_id, on_hand FROM stock_levels
"""


def available(
    variant_ids: Iterable[int],
    *,
    place_id: int = WEB_WAREHOUSE,
    holder: str | None = None,
    besides_order: int = 0,
) -> dict[int, int]:
    """How many of each can be had now at a place: what lies there less what is promised there. Unknown
    variants are left out.

    `holder`: promises made to this bag are not counted. `besides_order`: nor those made to this order.
    """
    values = there_values(variant_ids, place_id=place_id, holder=holder, besides_order=besides_order)
    return {row[0]: int(row[1]) for row in rows(_AVAILABLE, values)}


def there_values(
    variant_ids: Iterable[int],
    *,
    place_id: int = WEB_WAREHOUSE,
    holder: str | None = None,
    besides_order: int = 0,
) -> dict[str, Any]:
    """What a statement with `THERE` in it is asked with."""
    return {
        "ids": list(variant_ids),
        "now": clock.now(),
        "plenty": PLENTY,
        "holder": holder or "",
        "order_id": besides_order,
        "place_id": place_id,
    }


_AT_STORES = text(
    """
    SELECT place.id, variant.id,
           CASE WHEN product.status <> 'active' OR variant.withdrawn_at IS NOT NULL THEN 0
                WHEN NOT variant.tracked THEN :plenty
                ELSE greatest(coalesce(level.on_hand, 0) - coalesce(promised.quantity, 0), 0) END
    FROM places place
    CROSS JOIN variants variant
    JOIN products product ON product.id = variant.product_id
    LEFT JOIN stock_levels level ON level.variant_id = variant.id AND level.place_id = place.id
    LEFT JOIN LATERAL (
        SELECT sum(reservation.quantity) AS quantity FROM reservations reservation
        WHERE reservation.variant_id = variant.id AND reservation.place_id = place.id
          AND reservation.expires_at > :now AND reservation.holder IS DISTINCT FROM :holder
    ) promised ON true
    WHERE place.kind = 'store' AND place.pickup AND place.closed_at IS NULL
      AND variant.id = ANY(CAST(:ids AS bigint[]))
    """
)


def picked_up_at_stores(variant_ids: Iterable[int], *, holder: str) -> dict[int, dict[int, int]]:
    """By store where orders are picked up: how many of each variant can be had there now. One statement.

    Promises made to the bag of `holder` are not counted; what is not on sale is nowhere.
    """
    values = {"ids": list(variant_ids), "now": clock.now(), "plenty": PLENTY, "holder": holder}
    found: dict[int, dict[int, int]] = {}
    for place_id, variant_id, quantity in rows(_AT_STORES, values):
        found.setdefault(place_id, {})[variant_id] = int(quantity)
    return found


_LEVELS_AT = text(
    f"""
    SELECT variant.id,
           CASE WHEN :place_id = {WEB_WAREHOUSE} THEN variant.on_hand ELSE coalesce(level.on_hand, 0) END
           - CASE WHEN :less_promised THEN coalesce((
               SELECT CAST(sum(reservation.quantity) AS bigint) FROM reservations reservation
               WHERE reservation.variant_id = variant.id AND reservation.place_id = :place_id
                 AND reservation.expires_at > :now), 0) ELSE 0 END
    FROM variants variant
    LEFT JOIN stock_levels level ON level.variant_id = variant.id AND level.place_id = :place_id
    WHERE variant.id = ANY(CAST(:ids AS bigint[]))
    """
)


def levels_at(place_id: int, variant_ids: Iterable[int], *, less_promised: bool = False) -> dict[int, int]:
    """How many of each lie at a place, promised or not; unknown variants are left out."""
    values = {
        "place_id": place_id,
        "ids": list(variant_ids),
        "less_promised": less_promised,
        "now": clock.now(),
    }
    return {row[0]: row[1] for row in db.session.execute(_LEVELS_AT, values)}


def was_moved(batch: str) -> bool:
    """Whether a page's key has moved pieces before."""
    return (
        db.session.scalar(select(StockMovement.id).where(StockMovement.batch == batch).limit(1)) is not None
    )


_CLOSED = text("SELECT closed_at FROM places WHERE id = :place_id FOR SHARE")


def is_closed(place_id: int) -> bool:
    """Whether a store is shut for good (or unknown); whoever wants to shut it waits for us from here on."""
    found = rows(_CLOSED, {"place_id": place_id})
    return not found or found[0][0] is not None


def tracked_of(variant_ids: Iterable[int]) -> dict[int, bool]:
    """Whether somebody counts each of these; unknown variants are left out."""
    statement = select(Variant.id, Variant.tracked).where(Variant.id.in_(set(variant_ids)))
    return {row[0]: row[1] for row in db.session.execute(statement)}


def promised() -> ColumnElement[int]:
    """How many of a variant are promised to orders now, for the catalogue's own statements."""
    return func.coalesce(
        select(cast(func.sum(Reservation.quantity), BigInteger))
        .where(
            Reservation.variant_id == Variant.id,
            Reservation.place_id == WEB_WAREHOUSE,
            Reservation.expires_at > bindparam(None, callable_=clock.now, type_=TIMESTAMP(timezone=True)),
        )
        .correlate(Variant)
        .scalar_subquery(),
        0,
    )


def in_stores() -> ColumnElement[str]:
    """Where a variant can be tried, for the catalogue's own statement (see `ports.look_in_stores`)."""
    taken = (
        select(func.sum(Reservation.quantity))
        .where(
            Reservation.variant_id == StockLevel.variant_id,
            Reservation.place_id == StockLevel.place_id,
            Reservation.expires_at > bindparam(None, callable_=clock.now, type_=TIMESTAMP(timezone=True)),
        )
        .correlate(StockLevel)
        .scalar_subquery()
    )
    free = StockLevel.on_hand - func.coalesce(taken, 0)
    one = func.jsonb_build_array(Place.name, func.concat("/stores/", Place.slug), func.least(free, FEW + 1))
    return (
        select(cast(func.jsonb_agg(aggregate_order_by(one, Place.name)), Text))
        .select_from(StockLevel)
        .join(Place, Place.id == StockLevel.place_id)
        .where(StockLevel.variant_id == Variant.id, Place.closed_at.is_(None), free > 0)
        .correlate(Variant)
        .scalar_subquery()
    )

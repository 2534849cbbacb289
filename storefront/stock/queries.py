from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import TIMESTAMP, ColumnElement, bindparam, func, select, text

from foundation import clock
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.catalog.ports import PLENTY
from storefront.stock.models import Reservation

# A promise past its moment counts for nothing here: expiry needs no job. `holder` is whose promises are left
# out: a bag looked at by its owner does not count what its owner has on order.
THERE = """
    SELECT variant.id,
           CASE WHEN variant.oversell OR NOT variant.tracked THEN :plenty
                ELSE greatest(variant.on_hand - coalesce(promised.quantity, 0), 0) END AS quantity
    FROM variants variant
    LEFT JOIN LATERAL (
        SELECT sum(reservation.quantity) AS quantity FROM reservations reservation
        WHERE reservation.variant_id = variant.id AND reservation.expires_at > :now
          AND reservation.holder IS DISTINCT FROM :holder
          AND reservation.order_id <> :order_id
    ) promised ON true
    WHERE variant.id = ANY(CAST(:ids AS bigint[]))
"""
_AVAILABLE = text(THERE)


def available(
    variant_ids: Iterable[int], *, holder: str | None = None, besides_order: int = 0
) -> dict[int, int]:
    """How many of each can be had now: on hand less what is promised. Unknown variants are left out.

    `holder`: promises made to this bag are not counted. `besides_order`: nor those made to this order.
    """
    values = {
        "ids": list(variant_ids),
        "now": clock.now(),
        "plenty": PLENTY,
        "holder": holder or "",
        "order_id": besides_order,
    }
    return {row[0]: int(row[1]) for row in db.session.execute(_AVAILABLE, values)}


def promised() -> ColumnElement[int]:
    """How many of a variant are promised to orders now, for the catalogue's own statements."""
    return func.coalesce(
        select(func.sum(Reservation.quantity))
        .where(
            Reservation.variant_id == Variant.id,
            Reservation.expires_at > bindparam(None, callable_=clock.now, type_=TIMESTAMP(timezone=True)),
        )
        .correlate(Variant)
        .scalar_subquery(),
        0,
    )

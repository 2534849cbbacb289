"""The one door through which levels change: each change and its movement are one statement.

Whoever reads a level to decide locks its variant first (`actions.LOCK`), whatever the place: one lock a
variant is simple, and nobody moves the same size in two stores in the same millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.announcing import tell_stock
from storefront.catalog.ports import Counted, tell_changed, tell_store_stock
from storefront.places.models import WEB_WAREHOUSE
from storefront.stock.models import MovementKind
from storefront.stock.policy import change_of

# What nobody counts does not move. The level of the warehouse is the variant's own.
_MOVE = text(
    f"""
    WITH moved AS (
        SELECT move.* FROM unnest(
            CAST(:variants AS bigint[]), CAST(:places AS bigint[]), CAST(:kinds AS text[]),
            CAST(:quantities AS bigint[]), CAST(:others AS bigint[]), CAST(:lines AS bigint[]))
            WITH ORDINALITY
            AS move (variant_id, place_id, kind, quantity, other_place_id, order_line_id, number)
        JOIN variants variant ON variant.id = move.variant_id AND variant.tracked),
    total AS (
        SELECT variant_id, place_id, CAST(sum(quantity) AS bigint) AS quantity FROM moved
        GROUP BY variant_id, place_id),
    web AS (
        UPDATE variants variant SET on_hand = variant.on_hand + total.quantity FROM total
        WHERE total.place_id = {WEB_WAREHOUSE} AND variant.id = total.variant_id
        RETURNING variant.id, variant.product_id, variant.oversell, variant.on_hand,
                  variant.on_hand - total.quantity AS before),
    elsewhere AS (
        INSERT INTO stock_levels (variant_id, place_id, on_hand)
        SELECT variant_id, place_id, quantity FROM total WHERE place_id <> {WEB_WAREHOUSE}
        ON CONFLICT (variant_id, place_id) DO UPDATE SET on_hand = stock_levels.on_hand + excluded.on_hand),
    written AS (
        INSERT INTO stock_movements (variant_id, place_id, kind, quantity, other_place_id, order_id,
            order_line_id, reason, batch, actor_kind, actor_label, actor_account_id, at)
        SELECT variant_id, place_id, kind, quantity, other_place_id, :order_id, order_line_id, :reason,
               :batch, :actor_kind, :actor_label, :actor_account_id, :now
        FROM moved ORDER BY number)
    SELECT web.id, web.product_id, web.oversell, web.before, web.on_hand, CAST(coalesce((
        SELECT sum(reservation.quantity) FROM reservations reservation
        WHERE reservation.variant_id = web.id AND reservation.place_id = {WEB_WAREHOUSE}
          AND reservation.expires_at > :now), 0) AS bigint) AS promised
    FROM web ORDER BY web.id
    """
)

# An import wrote the level itself, under its lock: only the movement is missing. Named are the variants of
# which everything was promised, so that the catalogue saw pieces where the web had none to sell.
_NOTE = text(
    f"""
    WITH counted AS (
        SELECT * FROM unnest(
            CAST(:variants AS bigint[]), CAST(:kinds AS text[]), CAST(:quantities AS bigint[]))
            AS one (variant_id, kind, quantity)),
    written AS (
        INSERT INTO stock_movements (
            variant_id, place_id, kind, quantity, actor_kind, actor_label, actor_account_id, at)
        SELECT variant_id, {WEB_WAREHOUSE}, kind, quantity, :actor_kind, :actor_label, :actor_account_id, :now
        FROM counted)
    SELECT variant.id, variant.product_id FROM counted
    JOIN variants variant ON variant.id = counted.variant_id AND variant.tracked AND NOT variant.oversell
    CROSS JOIN LATERAL (
        SELECT sum(reservation.quantity) AS quantity FROM reservations reservation
        WHERE reservation.variant_id = variant.id AND reservation.place_id = {WEB_WAREHOUSE}
          AND reservation.expires_at > :now) promised
    WHERE counted.kind = '{MovementKind.CORRECTED}' AND counted.quantity > 0
      AND variant.on_hand > counted.quantity
      AND promised.quantity >= variant.on_hand - counted.quantity AND promised.quantity < variant.on_hand
    ORDER BY variant.id
    """
)


@dataclass(frozen=True, slots=True)
class Move:
    """Pieces of a variant that come to a place (`quantity` above 0) or leave it."""

    variant_id: int
    place_id: int
    kind: MovementKind
    quantity: int
    other_place_id: int | None = None
    order_line_id: int | None = None


def move(
    *,
    actor: Actor,
    moves: Sequence[Move],
    order_id: int | None = None,
    reason: str | None = None,
    batch: str | None = None,
) -> None:
    """Change levels, write the movements, and announce what began or ended on the web.

    The caller holds the variants' locks and has decided that it may be. Raises `IntegrityError` when `batch`
    moved these variants before.
    """
    if not moves:
        return
    values = {
        "variants": [one.variant_id for one in moves],
        "places": [one.place_id for one in moves],
        "kinds": [str(one.kind) for one in moves],
        "quantities": [one.quantity for one in moves],
        "others": [one.other_place_id for one in moves],
        "lines": [one.order_line_id for one in moves],
        "order_id": order_id,
        "reason": reason,
        "batch": batch,
    }
    turned = []
    for row in db.session.execute(_MOVE, values | _said_by(actor)):
        there = None if row.oversell else change_of(row.before, row.on_hand, row.promised)
        if there is not None:
            tell_stock(product_id=row.product_id, variant_id=row.id, before=not there, after=there)
        if there is not None or (row.before > 0) != (row.on_hand > 0):
            turned.append(row.product_id)
    tell_changed(turned)
    tell_store_stock(one.variant_id for one in moves if one.place_id != WEB_WAREHOUSE)


def note_counted(actor: Actor, counted: Sequence[Counted]) -> None:
    """The movements of levels that an import of products wrote: received when new, else corrected."""
    if not counted:
        return
    kinds = [MovementKind.RECEIVED if one.new else MovementKind.CORRECTED for one in counted]
    values = {
        "variants": [one.variant_id for one in counted],
        "kinds": [str(kind) for kind in kinds],
        "quantities": [one.difference for one in counted],
    }
    for variant_id, product_id in db.session.execute(_NOTE, values | _said_by(actor)):
        tell_stock(product_id=product_id, variant_id=variant_id, before=False, after=True)


def _said_by(actor: Actor) -> dict[str, object]:
    return {
        "actor_kind": str(actor.kind),
        "actor_label": actor.label,
        "actor_account_id": actor.account_id,
        "now": clock.now(),
    }

"""Whether what lies at every place is what came and went there: derived again from the movements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from foundation.db import db
from storefront.stock.queries import LEVELS

SHOWN = 20

_COMPARE = text(
    f"""
    WITH level AS ({LEVELS}),
    counted AS (
        SELECT variant_id, place_id, sum(quantity) AS quantity, count(*) AS movements
        FROM stock_movements GROUP BY variant_id, place_id),
    compared AS (
        SELECT coalesce(level.variant_id, counted.variant_id) AS variant_id,
               coalesce(level.place_id, counted.place_id) AS place_id,
               coalesce(level.on_hand, 0) AS on_hand, coalesce(counted.quantity, 0) AS moved,
               coalesce(counted.movements, 0) AS movements
        FROM level FULL JOIN counted
          ON counted.variant_id = level.variant_id AND counted.place_id = level.place_id)
    SELECT variant_id, place_id, on_hand, moved, wrong, levels, total FROM (
        SELECT *, on_hand <> moved AS wrong, count(*) OVER () AS levels, sum(movements) OVER () AS total,
               row_number() OVER (ORDER BY on_hand = moved, variant_id, place_id) AS place
        FROM compared) numbered
    WHERE place = 1 OR wrong ORDER BY place LIMIT {SHOWN}
    """
)


@dataclass(frozen=True)
class Difference:
    """A level that its movements do not add up to."""

    variant_id: int
    place_id: int
    on_hand: int
    moved: int


@dataclass(frozen=True)
class Proof:
    """How many levels and movements were compared, and the first that differ."""

    ok: bool
    levels: int
    movements: int
    differences: Sequence[Difference]


def verify() -> Proof:
    """Compare every level with the sum of its movements, in one statement and one snapshot."""
    rows = db.session.execute(_COMPARE).all()
    wrong = [
        Difference(row.variant_id, row.place_id, int(row.on_hand), int(row.moved))
        for row in rows
        if row.wrong
    ]
    levels, movements = (int(rows[0].levels), int(rows[0].total)) if rows else (0, 0)
    return Proof(not wrong, levels, movements, wrong)

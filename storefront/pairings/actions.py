from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from foundation import clock
from foundation.db import db
from storefront.orders.models import OrderStatus
from storefront.pairings.models import MOST
from storefront.pairings.ports import sources

# What was bought together longer ago says little of what hangs there now.
KEPT = timedelta(days=365)
# A larger order is somebody filling a wardrobe: its pieces say nothing of each other.
LARGEST_ORDER = 12

# Two runs at once would delete each other's rows: the second waits, and finds nothing to change.
_LOCK = text("LOCK TABLE pairings IN SHARE ROW EXCLUSIVE MODE")
_BOUGHT = f"""
    SELECT one.product_id, other.product_id AS other_id, count(DISTINCT one.order_id) AS times
    FROM orders JOIN order_lines one ON one.order_id = orders.id
    JOIN order_lines other ON other.order_id = orders.id AND other.product_id <> one.product_id
    WHERE orders.status = '{OrderStatus.PAID}' AND orders.paid_at > :since
      AND (SELECT count(DISTINCT line.product_id) FROM order_lines line
           WHERE line.order_id = orders.id) <= {LARGEST_ORDER}
    GROUP BY one.product_id, other.product_id"""
_WRITE = """
    WITH pairs AS ({pairs}),
    ranked AS (
        SELECT pairs.product_id, pairs.other_id, sum(pairs.weight) AS weight,
            row_number() OVER (PARTITION BY pairs.product_id
                               ORDER BY sum(pairs.weight) DESC, pairs.other_id DESC) AS place
        FROM pairs JOIN products mine ON mine.id = pairs.product_id
        JOIN products other ON other.id = pairs.other_id
        WHERE mine.status = 'active' AND other.status = 'active' AND mine.title <> other.title
        GROUP BY pairs.product_id, pairs.other_id),
    wanted AS (SELECT * FROM ranked WHERE place <= {most}),
    gone AS (
        DELETE FROM pairings WHERE NOT EXISTS (
            SELECT FROM wanted WHERE wanted.product_id = pairings.product_id
                AND wanted.other_id = pairings.other_id)
        RETURNING 1),
    written AS (
        INSERT INTO pairings AS known (product_id, other_id, place, weight)
        SELECT product_id, other_id, place, weight FROM wanted ORDER BY product_id, place
        ON CONFLICT (product_id, other_id) DO UPDATE
            SET place = excluded.place, weight = excluded.weight
            WHERE (known.place, known.weight) <> (excluded.place, excluded.weight)
        RETURNING 1)
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
"""


def pair_up() -> int:
    """Work out anew which pieces go together, and say how many rows that changed; none the second time.

    Another colour of the same piece is no companion of it. Not audited: nobody did it.
    """
    pairs = [f"SELECT product_id, other_id, times AS weight FROM ({_BOUGHT}) bought"]
    for sql, weight in sources().items():
        pairs.append(f"SELECT product_id, other_id, times * {weight} FROM ({sql}) said")
    statement = text(_WRITE.format(pairs=" UNION ALL ".join(pairs), most=MOST))
    db.session.execute(_LOCK)
    return int(db.session.execute(statement, {"since": clock.now() - KEPT}).scalar() or 0)

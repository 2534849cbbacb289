from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from foundation import clock
from foundation.db import db
from storefront.orders.models import OrderStatus, RefundStatus
from storefront.pairings.models import MOST
from storefront.pairings.ports import sources

# What was bought together longer ago says little of what hangs there now.
KEPT = timedelta(days=365)
# A larger order is somebody filling a wardrobe: its pieces say nothing of each other.
LARGEST_ORDER = 12

# One order is one person's whim. A look counts for more than this by itself.
EVIDENCE = 2

# Two runs at once would delete each other's rows: the second waits, and finds nothing to change.
_LOCK = text("LOCK TABLE pairings IN SHARE ROW EXCLUSIVE MODE")
# An order that was called off stays paid, and all of it goes back: what went back was not kept together.
_KEPT = f"""
    SELECT line.order_id, line.product_id
    FROM orders JOIN order_lines line ON line.order_id = orders.id
    LEFT JOIN (
        SELECT part.order_line_id, sum(part.quantity) AS quantity
        FROM refund_lines part JOIN refunds refund ON refund.id = part.refund_id
        WHERE refund.status NOT IN ('{RefundStatus.FAILED}', '{RefundStatus.CANCELLED}')
        GROUP BY part.order_line_id) back ON back.order_line_id = line.id
    WHERE orders.status = '{OrderStatus.PAID}' AND orders.paid_at > :since
      AND line.quantity > coalesce(back.quantity, 0)
    GROUP BY line.order_id, line.product_id"""
_BOUGHT = f"""
    SELECT one.product_id, other.product_id AS other_id, count(*) AS times
    FROM kept one JOIN kept other ON other.order_id = one.order_id AND other.product_id <> one.product_id
    WHERE one.order_id IN (SELECT order_id FROM kept GROUP BY order_id HAVING count(*) <= {LARGEST_ORDER})
    GROUP BY one.product_id, other.product_id"""
_WRITE = """
    WITH kept AS MATERIALIZED ({kept}), pairs AS ({pairs}),
    ranked AS (
        SELECT pairs.product_id, pairs.other_id, sum(pairs.weight) AS weight,
            row_number() OVER (PARTITION BY pairs.product_id
                               ORDER BY sum(pairs.weight) DESC, pairs.other_id DESC) AS place
        FROM pairs JOIN products mine ON mine.id = pairs.product_id
        JOIN products other ON other.id = pairs.other_id
        WHERE mine.status = 'active' AND other.status = 'active' AND mine.title <> other.title
        GROUP BY pairs.product_id, pairs.other_id HAVING sum(pairs.weight) >= {evidence}),
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

    Two have to have been kept together twice, or to lie in one look. Another colour of the same piece is no
    companion of it. Not audited: nobody did it.
    """
    pairs = [f"SELECT product_id, other_id, times AS weight FROM ({_BOUGHT}) bought"]
    for sql, weight in sources().items():
        pairs.append(f"SELECT product_id, other_id, times * {weight} FROM ({sql}) said")
    statement = text(_WRITE.format(kept=_KEPT, pairs=" UNION ALL ".join(pairs), most=MOST, evidence=EVIDENCE))
    db.session.execute(_LOCK)
    return int(db.session.execute(statement, {"since": clock.now() - KEPT}).scalar() or 0)

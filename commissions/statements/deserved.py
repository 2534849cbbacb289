"""What each commission should be by now, in SQL, from orders, their refunds and their disputes alone."""

from __future__ import annotations

# What refunds leave of each line: its price by the pieces that remain, rounded half up, less what went back
# besides them.
KEPT = """
    SELECT l.id, l.order_id, l.position, greatest(0,
        (2 * (l.gross_minor - l.discount_minor) * (l.quantity - coalesce(back.pieces, 0)) + l.quantity)
            / (2 * l.quantity) - greatest(0, coalesce(back.minor, 0))) AS minor
    FROM order_lines l LEFT JOIN (
        SELECT rl.order_line_id, sum(rl.counted_pieces)::bigint AS pieces,
               sum(rl.counted_minor)::bigint AS minor
        FROM refund_lines rl JOIN refunds r ON r.id = rl.refund_id
        WHERE r.status IN ('pending', 'succeeded') GROUP BY rl.order_line_id
    ) back ON back.order_line_id = l.id
"""
# What a lost dispute took of each line (id) and of delivery (no id), by the largest remainder.
LOST = f"""
    SELECT id, sure + CASE WHEN rank() OVER (PARTITION BY order_id ORDER BY odd DESC, position)
        <= took - (sum(sure) OVER (PARTITION BY order_id))::bigint THEN 1 ELSE 0 END AS minor
    FROM (
        SELECT id, order_id, position, took, took * minor / greatest(1, whole) AS sure,
               took * minor % greatest(1, whole) AS odd
        FROM (
            SELECT rests.*, (sum(rests.minor) OVER of_order)::bigint AS whole,
                   least(o.disputed_minor, (sum(rests.minor) OVER of_order)::bigint) AS took
            FROM orders o JOIN (
                {KEPT}
                UNION ALL
                SELECT NULL, o.id, 2000000000, greatest(0, o.shipping_minor - coalesce((
                    sum(r.shipping_minor) FILTER (
                        WHERE r.status IN ('pending', 'succeeded') AND r.payment_intent_id IS NULL
                    ))::bigint, 0))
                FROM orders o LEFT JOIN refunds r ON r.order_id = o.id
                WHERE o.dispute = 'lost' GROUP BY o.id
            ) rests ON rests.order_id = o.id
            WHERE o.dispute = 'lost' WINDOW of_order AS (PARTITION BY rests.order_id)
        ) shares
    ) spread
"""
# What each commission should be, from the order, its refunds and disputes alone. The sums are written out
# here on purpose: this is the second pair of eyes on commissions/accruals/policy.py.
TARGETS = f"""
    SELECT c.id, c.editor_id, c.currency, c.order_id, c.order_number, c.status, c.matured_at, c.paid_at,
           c.accrued_minor, c.accrued_minor - c.reversed_minor AS amount,
           whole.bought * mine.weight / 10000 + CASE WHEN mine.place_then <= whole.bought - mine.sure_then
               THEN 1 ELSE 0 END AS accrued_again,
           CASE WHEN decision.replaced_at IS NOT NULL THEN 0 ELSE whole.now * mine.weight / 10000
               + CASE WHEN mine.place_now <= whole.now - mine.sure_now THEN 1 ELSE 0 END END AS target
    FROM commissions c
    JOIN order_lines l ON l.id = c.order_line_id
    JOIN orders o ON o.id = c.order_id
    JOIN receipts decision ON decision.id = c.receipt_id
    JOIN ({KEPT}) kept ON kept.id = c.order_line_id
    LEFT JOIN ({LOST}) lost ON lost.id = c.order_line_id
    CROSS JOIN LATERAL (
        SELECT least(c.cap_minor, (2 * (l.gross_minor - l.discount_minor) * 10000 + 10000 + l.tax_bps)
                   / (2 * (10000 + l.tax_bps)) * c.rate_bps / 10000) AS bought,
               least(c.cap_minor, (2 * (kept.minor - coalesce(lost.minor, 0)) * 10000 + 10000 + l.tax_bps)
                   / (2 * (10000 + l.tax_bps)) * c.rate_bps / 10000) AS now
    ) whole
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT part.place, part.weight,
                   rank() OVER (ORDER BY whole.bought * part.weight % 10000 DESC, part.place) AS place_then,
                   rank() OVER (ORDER BY whole.now * part.weight % 10000 DESC, part.place) AS place_now,
                   sum(whole.bought * part.weight / 10000) OVER () AS sure_then,
                   sum(whole.now * part.weight / 10000) OVER () AS sure_now
            FROM unnest(c.split) WITH ORDINALITY AS part (weight, place)
        ) parts WHERE parts.place = c.part + 1
    ) mine
"""

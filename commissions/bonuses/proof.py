"""What has to be true of bonuses, asked in SQL that shares no code with what wrote them."""

from __future__ import annotations

# What was sold and is kept, order by order, from the orders, refunds and disputes alone.
_SOLD = """
    WITH remains AS MATERIALIZED ({kept}), took AS MATERIALIZED ({lost}),
    sold AS MATERIALIZED (
        SELECT c.editor_id, c.currency, o.id AS order_id, o.paid_at, sum(rest.kept) > 0 AS kept,
               sum(CASE WHEN cardinality(c.split) = 1 THEN whole.net
                   WHEN c.part = 0 THEN whole.net - whole.net * c.split[2] / 10000
                   ELSE whole.net * c.split[c.part + 1] / 10000 END) AS net
        FROM commissions c JOIN receipts r ON r.id = c.receipt_id AND r.replaced_at IS NULL
        JOIN orders o ON o.id = c.order_id JOIN order_lines l ON l.id = c.order_line_id
        JOIN remains ON remains.id = l.id LEFT JOIN took ON took.id = l.id
        CROSS JOIN LATERAL (SELECT remains.minor - coalesce(took.minor, 0) AS kept) rest
        CROSS JOIN LATERAL (
            SELECT ((2 * rest.kept * 10000 + 10000 + l.tax_bps) / (2 * (10000 + l.tax_bps)))::bigint AS net
        ) whole
        WHERE c.trace -> 'advised' IS NULL AND {whose}
        GROUP BY c.editor_id, c.currency, o.id
    )
"""
# What each bonus of a sale should be: a first sale as long as something of it is kept, a goal as long as it
# is reached or was when it became payable.
_AWARDS = f"""
    {_SOLD}
    SELECT a.id, a.editor_id, a.order_id, a.amount_minor - a.reversed_minor AS amount,
           CASE WHEN b.kind = 'first_sale' THEN coalesce(
                    bool_or(sold.kept AND sold.order_id = a.order_id), false)
                WHEN a.matured_at IS NOT NULL THEN true
                WHEN b.goal = 'orders' THEN count(*) FILTER (WHERE sold.kept) >= b.goal_count
                ELSE coalesce(sum(sold.net) FILTER (WHERE sold.kept), 0) >= b.goal_count END AS stands
    FROM awards a JOIN bonuses b ON b.id = a.bonus_id
    LEFT JOIN sold ON sold.editor_id = a.editor_id AND sold.currency = a.currency
        AND sold.paid_at >= b.begins_at AND sold.paid_at < b.ends_at
    WHERE b.kind <> 'event' GROUP BY a.id, b.id
"""
# Who earned what nobody wrote down. Only what is beyond doubt: whoever sold before a bonus began may have
# no first sale, whoever joined a group later was not in it then, and who is on a step now was not always.
_MISSING = f"""
    {_SOLD}
    SELECT b.id AS bonus, b.name, sold.editor_id
    FROM bonuses b JOIN sold ON sold.currency = b.currency AND sold.kept
        AND sold.paid_at >= b.begins_at AND sold.paid_at < b.ends_at
    WHERE b.kind <> 'event'
      AND NOT EXISTS (SELECT FROM awards a WHERE a.bonus_id = b.id AND a.editor_id = sold.editor_id)
      AND (b.whom = 'all' OR b.whom = 'cohort' AND EXISTS (
          SELECT FROM cohort_members m WHERE m.cohort_id = b.whom_id AND m.editor_id = sold.editor_id
            AND m.joined_at <= b.begins_at AND m.left_at IS NULL))
      AND (b.kind <> 'first_sale' OR NOT EXISTS (
          SELECT FROM commissions c JOIN orders o ON o.id = c.order_id
          WHERE c.editor_id = sold.editor_id AND o.paid_at < b.begins_at))
    GROUP BY b.id, sold.editor_id
    HAVING CASE WHEN b.kind = 'first_sale' THEN true WHEN b.goal = 'orders' THEN count(*) >= b.goal_count
                ELSE sum(sold.net) >= b.goal_count END
"""
_HAVE_AN_AWARD = "c.editor_id IN (SELECT editor_id FROM awards)"
_IN_THE_DAYS_OF_A_BONUS = """
    EXISTS (SELECT FROM bonuses b
            WHERE b.kind <> 'event' AND o.paid_at >= b.begins_at AND o.paid_at < b.ends_at)
"""
# News of any sale of the editor that is still in the queue is not an error yet.
_NEWS = """
    EXISTS (SELECT FROM procrastinate_jobs j
            JOIN commissions c ON c.order_id = (j.args #>> '{fact,order_id}')::bigint
            WHERE j.status IN ('todo', 'doing') AND j.queue_name = 'facts' AND c.editor_id = bad.editor_id)
"""


def bonus_checks(kept: str, lost: str) -> dict[str, str]:
    """The promises on bonuses. `kept` and `lost` say what refunds leave of a line, and a bank takes."""
    awards = _AWARDS.format(kept=kept, lost=lost, whose=_HAVE_AN_AWARD)
    missing = _MISSING.format(kept=kept, lost=lost, whose=_IN_THE_DAYS_OF_A_BONUS)
    return {
        "a bonus is not what its sales make it": f"""
            SELECT bad.* FROM ({awards}) bad
            WHERE (bad.amount > 0) <> bad.stands AND NOT ({_NEWS}) ORDER BY bad.id LIMIT 1
        """,
        "a bonus was earned and nobody wrote it down": f"""
            SELECT bad.* FROM ({missing}) bad WHERE NOT ({_NEWS}) ORDER BY bad.bonus, bad.editor_id LIMIT 1
        """,
        "a bonus's entries do not add up to it": """
            SELECT a.id AS award, a.editor_id AS editor, a.amount_minor - a.reversed_minor AS amount,
                   coalesce(booked.amount, 0) AS booked
            FROM awards a LEFT JOIN (
                SELECT e.award_id, sum(CASE l.side WHEN 'credit' THEN l.amount_minor
                                       ELSE -l.amount_minor END)::bigint AS amount
                FROM award_entries e JOIN ledger_legs l ON l.entry_id = e.entry_id
                JOIN ledger_accounts b ON b.id = l.account_id AND b.editor_id IS NOT NULL
                GROUP BY e.award_id
            ) booked ON booked.award_id = a.id
            WHERE coalesce(booked.amount, 0) <> a.amount_minor - a.reversed_minor ORDER BY a.id LIMIT 1
        """,
    }

"""What has to be true of coaching, asked in SQL that shares no code with what wrote it."""

from __future__ import annotations

COACHING_CHECKS: dict[str, str] = {
    "a month of coaching is not what its learners make it": """
        SELECT m.id AS month_id, m.plan_id AS plan, m.month, m.target_minor AS target,
               coalesce(sum(l.share_minor), 0)::bigint AS shares
        FROM coaching_months m JOIN coaching_plans p ON p.id = m.plan_id
        LEFT JOIN coaching_lines l ON l.month_id = m.id
        GROUP BY m.id, p.id
        HAVING coalesce(sum(l.share_minor), 0) <> m.target_minor
            OR bool_or(l.share_minor <> floor(l.net_minor::numeric * p.rate_bps / 10000))
            OR bool_or(l.learner_id = p.coach_id)
        ORDER BY m.id LIMIT 1
    """,
    "a month of coaching forgets what was given before": """
        SELECT * FROM (
            SELECT m.id AS month_id, m.plan_id AS plan, m.month, m.before_minor AS before,
                   coalesce(sum(m.amount_minor) OVER (
                       PARTITION BY m.plan_id ORDER BY m.closed_at, m.id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS given
            FROM coaching_months m
        ) months WHERE before <> given ORDER BY month_id LIMIT 1
    """,
    "a month of coaching is not what was booked": """
        SELECT m.id AS month_id, m.plan_id AS plan, m.month, m.amount_minor AS amount,
               coalesce(a.amount_minor - a.reversed_minor, 0) AS booked
        FROM coaching_months m LEFT JOIN awards a ON a.plan_id = m.plan_id AND a.month = m.month
        WHERE coalesce(a.amount_minor - a.reversed_minor, 0) <> m.amount_minor
           OR a.id IS DISTINCT FROM m.award_id ORDER BY m.id LIMIT 1
    """,
    "an award of coaching has no month": """
        SELECT a.id AS award, a.plan_id AS plan, a.month FROM awards a
        WHERE a.plan_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM coaching_months m WHERE m.award_id = a.id) ORDER BY a.id LIMIT 1
    """,
    "coaching counts more than a learner has sold": """
        SELECT l.month_id, l.learner_id AS learner, l.net_minor AS net FROM coaching_lines l
        JOIN coaching_months m ON m.id = l.month_id JOIN coaching_plans p ON p.id = m.plan_id
        WHERE l.net_minor > (
            SELECT coalesce(sum(round(c.paid_minor * 10000.0 / (10000 + c.tax_bps))), 0)
            FROM commissions c JOIN orders o ON o.id = c.order_id
            WHERE c.editor_id = l.learner_id AND c.currency = p.currency AND o.paid_at >= p.begins_at
              AND o.paid_at < coalesce(p.ends_at, 'infinity') AND c.matured_at < m.closed_at)
        ORDER BY l.month_id, l.learner_id LIMIT 1
    """,
}

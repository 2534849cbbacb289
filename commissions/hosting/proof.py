"""What has to be true of rewards for hosts, asked in SQL that shares no code with what wrote them."""

from __future__ import annotations

HOSTING_CHECKS: dict[str, str] = {
    "a host's reward is not what its rule makes of the event": """
        SELECT w.id AS reward, w.event, w.amount_minor AS amount, made.minor AS by_rule
        FROM host_rewards w JOIN host_rules r ON r.id = w.rule_id
        CROSS JOIN LATERAL (SELECT CASE WHEN w.refused <> '' THEN 0 ELSE least(
            coalesce(r.most_minor, 9223372036854775807),
            CASE r.way WHEN 'guest' THEN w.guests * r.each_minor
                       ELSE floor(w.net_minor::numeric * r.rate_bps / 10000)::bigint END) END AS minor) made
        WHERE made.minor <> w.amount_minor OR w.currency <> r.currency ORDER BY w.id LIMIT 1
    """,
    "a host's reward is not what was booked": """
        SELECT w.id AS reward, w.event, w.amount_minor AS amount,
               coalesce(a.amount_minor - a.reversed_minor, 0) AS booked
        FROM host_rewards w LEFT JOIN awards a ON a.event = w.event AND a.rule_id = w.rule_id
        WHERE coalesce(a.amount_minor - a.reversed_minor, 0) <> w.amount_minor
           OR a.id IS DISTINCT FROM w.award_id OR a.editor_id <> w.editor_id ORDER BY w.id LIMIT 1
    """,
    "an award for hosting has no reward": """
        SELECT a.id AS award, a.rule_id AS rule, a.event FROM awards a
        WHERE a.rule_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM host_rewards w WHERE w.award_id = a.id) ORDER BY a.id LIMIT 1
    """,
}

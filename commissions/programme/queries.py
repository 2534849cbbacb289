from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from commissions.programme.policy import NOTHING, Brought, By
from commissions.results.policy import Span
from foundation.db import db

# Net sales of a line after what came back, rounded half up as everywhere. Of a look of two each has their
# part: the second rounded down, the first what is left, so that the two add up to the line.
_LINES = """
    SELECT c.order_id, c.editor_id, c.receipt_id, c.trace, c.accrued_at, o.email, o.account_id, o.placed_at,
           c.accrued_minor - c.reversed_minor AS cost,
           CASE WHEN cardinality(c.split) = 1 THEN line.net
                WHEN c.part = 0 THEN line.net - line.net * c.split[2] / 10000
                ELSE line.net * c.split[c.part + 1] / 10000 END AS net
    FROM commissions c
    JOIN receipts r ON r.id = c.receipt_id AND r.replaced_at IS NULL
    JOIN orders o ON o.id = c.order_id
    CROSS JOIN LATERAL (
        SELECT (2 * (c.paid_minor - c.refunded_minor) * 10000 + 10000 + c.tax_bps)
               / (2 * (10000 + c.tax_bps)) AS net
    ) line
    WHERE c.currency = :currency AND c.accrued_at >= :since AND c.accrued_at < :until
"""
_NEW = """
    NOT EXISTS (SELECT FROM orders before WHERE before.email = s.email AND before.paid_at IS NOT NULL
                AND before.placed_at < s.placed_at)
    AND (s.account_id IS NULL OR NOT EXISTS (
        SELECT FROM orders before WHERE before.account_id = s.account_id AND before.paid_at IS NOT NULL
            AND before.placed_at < s.placed_at))
"""
# Each line with whether its order was somebody's first: asked once for each order.
_SALES = f"""
    lines AS MATERIALIZED ({_LINES}),
    firsts AS MATERIALIZED (
        SELECT s.order_id FROM (SELECT DISTINCT order_id, email, account_id, placed_at FROM lines) s
        WHERE {_NEW}
    )
"""
_FIGURES = """
    sum(l.net)::bigint, sum(l.cost)::bigint, count(DISTINCT l.order_id), count(DISTINCT f.order_id)
    FROM lines l LEFT JOIN firsts f ON f.order_id = l.order_id
"""
_GROUPS: Mapping[By, tuple[str, str]] = {
    By.EDITOR: ("l.editor_id", ""),
    By.LOOK: (
        "coalesce(w.look_id, 0)",
        "LEFT JOIN claims w ON w.receipt_id = l.receipt_id AND w.verdict = 'won'",
    ),
    By.CAMPAIGN: (
        "coalesce((campaign ->> 'id')::bigint, 0)",
        "LEFT JOIN LATERAL jsonb_array_elements(l.trace -> 'campaigns') campaign ON true",
    ),
    By.COHORT: (
        "coalesce(m.cohort_id, 0)",
        "LEFT JOIN cohort_members m ON m.editor_id = l.editor_id AND m.joined_at <= l.accrued_at"
        " AND (m.left_at IS NULL OR m.left_at > l.accrued_at)",
    ),
}
_NAMES: Mapping[By, str] = {
    By.EDITOR: "SELECT id, name, name, handle FROM editors WHERE id = ANY(:keys)",
    By.LOOK: "SELECT id, title, title_it, slug FROM looks WHERE id = ANY(:keys)",
    By.CAMPAIGN: "SELECT id, label, label_it, '' FROM rate_cards WHERE id = ANY(:keys)",
    By.COHORT: "SELECT id, name, name_it, '' FROM cohorts WHERE id = ANY(:keys)",
}
# Bonuses by the day they were earned, and what the shop added to store credit by the day it was taken: cost
# beside the commissions, of an editor and of their group. The credit itself was a cost when it was earned.
_BONUSES = """
    SELECT {key}, sum(a.minor)::bigint FROM (
        SELECT editor_id, currency, earned_at, amount_minor - reversed_minor AS minor FROM awards
        UNION ALL SELECT editor_id, currency, at, bonus_minor FROM turned_payables WHERE bonus_minor > 0
    ) a {join}
    WHERE a.currency = :currency AND a.earned_at >= :since AND a.earned_at < :until GROUP BY 1
"""
_BONUS_GROUPS: Mapping[By, tuple[str, str]] = {
    By.EDITOR: ("a.editor_id", ""),
    By.LOOK: ("0", ""),
    By.CAMPAIGN: ("0", ""),
    By.COHORT: (
        "coalesce(m.cohort_id, 0)",
        "LEFT JOIN cohort_members m ON m.editor_id = a.editor_id AND m.joined_at <= a.earned_at"
        " AND (m.left_at IS NULL OR m.left_at > a.earned_at)",
    ),
}


@dataclass(frozen=True, slots=True)
class Name:
    """What a line of the list is called in both languages; `handle` is where it leads, if anywhere."""

    en: str
    it: str | None
    handle: str


def brought_by(by: By, currency: str, zone: str, span: Span) -> dict[int, Brought]:
    """What the sales of these days brought and cost, by editor, look, campaign or group; 0 is none of them.

    A line that two campaigns added to stands with both.
    """
    key, join = _GROUPS[by]
    rows = db.session.execute(
        text(f"WITH {_SALES} SELECT {key}, {_FIGURES} {join} GROUP BY 1"), _values(currency, zone, span)
    )
    found = {int(row[0]): _brought(row[1:]) for row in rows}
    key, join = _BONUS_GROUPS[by]
    bonuses = db.session.execute(text(_BONUSES.format(key=key, join=join)), _values(currency, zone, span))
    return _with_bonuses(found, {int(row[0]): int(row[1]) for row in bonuses})


def brought_whole(currency: str, zone: str, span: Span) -> Brought:
    """The same altogether."""
    values = _values(currency, zone, span)
    row = db.session.execute(text(f"WITH {_SALES} SELECT {_FIGURES}"), values).one()
    bonuses = db.session.execute(text(_BONUSES.format(key="0", join="")), values)
    return _brought(row) + Brought(cost_minor=sum(int(one[1]) for one in bonuses))


def brought_daily(currency: str, zone: str, span: Span) -> dict[date, Brought]:
    """The same by the day of the sale, in the shop's zone."""
    rows = db.session.execute(
        text(f"WITH {_SALES} SELECT (l.accrued_at AT TIME ZONE :zone)::date, {_FIGURES} GROUP BY 1"),
        {**_values(currency, zone, span), "zone": zone},
    )
    found = {row[0]: _brought(row[1:]) for row in rows}
    bonuses = db.session.execute(
        text(_BONUSES.format(key="(a.earned_at AT TIME ZONE :zone)::date", join="")),
        {**_values(currency, zone, span), "zone": zone},
    )
    return _with_bonuses(found, {row[0]: int(row[1]) for row in bonuses})


def within(days: Mapping[date, Brought], span: Span) -> Brought:
    """The sum of some days."""
    return sum((one for day, one in days.items() if span.first <= day <= span.last), NOTHING)


def names_of(by: By, keys: Sequence[int]) -> dict[int, Name]:
    """What the lines are called."""
    rows = db.session.execute(text(_NAMES[by]), {"keys": list(keys)})
    return {int(row[0]): Name(row[1] or "", row[2], row[3] or "") for row in rows}


def _values(currency: str, zone: str, span: Span) -> dict[str, str | datetime]:
    since, until = span.bounds(zone)
    return {"currency": currency, "since": since, "until": until}


def _with_bonuses(found: dict[Any, Brought], bonuses: Mapping[Any, int]) -> dict[Any, Brought]:
    """The same with the cost of bonuses; what was taken back wholly makes no line of its own."""
    for key, minor in bonuses.items():
        if minor:
            found[key] = found.get(key, NOTHING) + Brought(cost_minor=minor)
    return found


def _brought(row: Sequence[int | None]) -> Brought:
    return Brought(*(int(value or 0) for value in row))

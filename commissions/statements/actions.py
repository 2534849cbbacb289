"""The writer of statements: once a month is closed, what each editor reads of it is kept as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from commissions.statements.queries import MOVEMENTS
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

_WRITE = text(
    f"""
    WITH span AS (
        SELECT month.month, month.begins_at, month.ends_at
        FROM ledger_months month JOIN ledger_closings closing ON closing.month = month.month
        WHERE EXISTS (
            SELECT FROM payable_movements moved
            WHERE moved.at >= month.begins_at AND moved.at < month.ends_at AND NOT EXISTS (
                SELECT FROM statements known WHERE known.editor_id = moved.editor_id
                  AND known.currency = moved.currency AND known.month = month.month))
        ORDER BY month.month LIMIT 1
    ), wanted AS (
        SELECT DISTINCT moved.editor_id, moved.currency, span.month, span.begins_at, span.ends_at
        FROM span JOIN payable_movements moved ON moved.at >= span.begins_at AND moved.at < span.ends_at
        WHERE NOT EXISTS (
            SELECT FROM statements known WHERE known.editor_id = moved.editor_id
              AND known.currency = moved.currency AND known.month = span.month)
        ORDER BY moved.editor_id LIMIT :limit
    )
    INSERT INTO statements (editor_id, currency, month, opening_minor, closing_minor, lines, written_at)
    SELECT wanted.editor_id, wanted.currency, wanted.month, coalesce(before.closing_minor, 0),
           coalesce(before.closing_minor, 0) + lines.amount, lines.lines, :now
    FROM wanted
    LEFT JOIN LATERAL (
        SELECT closing_minor FROM statements known
        WHERE known.editor_id = wanted.editor_id AND known.currency = wanted.currency
          AND known.month < wanted.month ORDER BY known.month DESC LIMIT 1
    ) before ON true
    CROSS JOIN LATERAL (
        SELECT sum(line.amount_minor)::bigint AS amount,
               jsonb_agg(to_jsonb(line) - 'place' ORDER BY line.at, line.place) AS lines
        FROM ({MOVEMENTS.format(editor="wanted.editor_id", currency="wanted.currency",
                                start="wanted.begins_at", end="wanted.ends_at")}) line
    ) lines
    ON CONFLICT DO NOTHING
    RETURNING editor_id, month, closing_minor, currency
    """
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A statement that was written now."""

    editor_id: int
    month: date
    closing_minor: int
    currency: str


def write_statements(*, actor: Actor, limit: int) -> list[Written]:
    """Write statements of the oldest closed month that lacks some, `limit` at most; none when none lacks.

    One statement to the database. Of two writers at once each statement is written by one of them.
    """
    rows = db.session.execute(_WRITE, {"limit": limit, "now": clock.now()})
    return [Written(*row) for row in rows]

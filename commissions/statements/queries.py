from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, text

from commissions.ledger.models import EntryKind
from commissions.statements.models import MonthStatement
from foundation.db import db


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of the payable account: an order's commissions together, or a payout. `pieces` names
    what, `shared` that two are credited for it.
    """

    at: datetime
    kind: EntryKind
    amount_minor: int
    order_number: str | None
    pieces: str
    pieces_it: str
    look: str | None
    look_it: str | None
    payout_id: int | None
    shared: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month with its sums, in minor units."""

    first: date
    earned_minor: int
    taken_minor: int
    paid_minor: int


# The movements of a span, one line for an order, a reason and a moment.
MOVEMENTS = """
    SELECT m.at, m.kind, sum(m.amount_minor)::bigint AS amount_minor, c.order_number,
           coalesce(string_agg(c.piece, '; ' ORDER BY c.id), '') AS pieces,
           coalesce(string_agg(coalesce(c.piece_it, c.piece), '; ' ORDER BY c.id), '') AS pieces_it,
           min(l.title) AS look, min(l.title_it) AS look_it,
           max(CASE WHEN m.kind = 'paid_out' THEN m.payout_id END) AS payout_id,
           coalesce(bool_or(cardinality(c.split) > 1), false) AS shared, min(m.id) AS place
    FROM payable_movements m
    LEFT JOIN commissions c ON c.id = m.commission_id
    LEFT JOIN claims w ON w.receipt_id = c.receipt_id AND w.verdict = 'won'
    LEFT JOIN looks l ON l.id = w.look_id
    WHERE m.editor_id = {editor} AND m.currency = {currency} AND m.at >= {start} AND m.at < {end}
    GROUP BY m.at, m.kind, c.order_number
"""
_LINES = text(
    MOVEMENTS.format(editor=":editor", currency=":currency", start=":start", end=":end")
    + " ORDER BY m.at, min(m.id)"
)


def written_statement(editor_id: int, currency: str, month: date) -> MonthStatement | None:
    """The statement of a closed month, as it was written."""
    return db.session.scalars(
        select(MonthStatement).where(
            MonthStatement.editor_id == editor_id,
            MonthStatement.currency == currency,
            MonthStatement.month == month,
        )
    ).one_or_none()


def as_lines(written: MonthStatement) -> list[Line]:
    """The lines of a written statement."""
    return [
        Line(**{**one, "at": datetime.fromisoformat(one["at"]), "kind": EntryKind(one["kind"])})
        for one in written.lines
    ]


def lines_between(editor_id: int, currency: str, start: datetime, end: datetime) -> Sequence[Line]:
    """Every movement of a span, oldest first, one line for an order, a reason and a moment."""
    values = {"editor": editor_id, "currency": currency, "start": start, "end": end}
    rows = db.session.execute(_LINES, values)
    return [Line(row[0], EntryKind(row[1]), int(row[2]), *row[3:10]) for row in rows]


def months_of(editor_id: int, currency: str, zone: str) -> list[Month]:
    """The months in which anything moved, newest first."""
    rows = db.session.execute(
        text(
            """
            SELECT date_trunc('month', at AT TIME ZONE :zone)::date AS month,
                   coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0 AND kind <> 'came_back'),
                   0)::bigint,
                   coalesce(sum(amount_minor) FILTER (WHERE amount_minor < 0 AND kind <> 'paid_out'),
                   0)::bigint,
                   coalesce(-sum(amount_minor) FILTER (WHERE kind IN ('paid_out', 'came_back')), 0)::bigint
            FROM payable_movements WHERE editor_id = :editor AND currency = :currency
            GROUP BY 1 ORDER BY 1 DESC
            """
        ),
        {"editor": editor_id, "currency": currency, "zone": zone},
    )
    return [Month(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]

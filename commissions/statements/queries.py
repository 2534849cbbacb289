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
    what, `shared` that two are credited for it, `bonus_minor` what the shop added to store credit, `cause`
    what was given to, `bonus`
    a fixed amount beside commissions; statements that were written before there was either know none.
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
    bonus_minor: int = 0
    cause: str | None = None
    cause_it: str | None = None
    bonus: str | None = None
    bonus_it: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month with its sums, in minor units. `turned_minor` became store credit or a gift, and
    `bonus_minor` is what the shop added to the credit.
    """

    first: date
    earned_minor: int
    taken_minor: int
    paid_minor: int
    turned_minor: int = 0
    bonus_minor: int = 0


# The movements of a span, one line for an order, a reason and a moment.
MOVEMENTS = """
    SELECT m.at, m.kind, sum(m.amount_minor)::bigint AS amount_minor,
           coalesce(c.order_number, min(award.order_number)) AS order_number,
           coalesce(string_agg(c.piece, '; ' ORDER BY c.id), '') AS pieces,
           coalesce(string_agg(coalesce(c.piece_it, c.piece), '; ' ORDER BY c.id), '') AS pieces_it,
           min(l.title) AS look, min(l.title_it) AS look_it,
           max(CASE WHEN m.kind = 'paid_out' THEN m.payout_id END) AS payout_id,
           coalesce(bool_or(cardinality(c.split) > 1), false) AS shared,
           coalesce(sum(t.bonus_minor), 0)::bigint AS bonus_minor,
           min(cause.name) AS cause, min(cause.name_it) AS cause_it,
           min(award.name) AS bonus, min(coalesce(award.name_it, award.name)) AS bonus_it, min(m.id) AS place
    FROM payable_movements m
    LEFT JOIN award_entries part ON part.entry_id = m.entry_id
    LEFT JOIN awards award ON award.id = part.award_id
    LEFT JOIN commissions c ON c.id = m.commission_id
    LEFT JOIN claims w ON w.receipt_id = c.receipt_id AND w.verdict = 'won'
    LEFT JOIN looks l ON l.id = w.look_id
    LEFT JOIN turned_payables t ON t.entry_id = m.entry_id AND m.kind IN ('credited', 'donated')
    LEFT JOIN causes cause ON cause.id = t.cause_id
    WHERE m.editor_id = {editor} AND m.currency = {currency} AND m.at >= {start} AND m.at < {end}
    GROUP BY m.at, m.kind, c.order_number, award.id
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
    return [Line(row[0], EntryKind(row[1]), int(row[2]), *row[3:15]) for row in rows]


# What moved, by what it means: earned, taken back, paid out (less what came back), turned, and the bonus.
SUMS = """
    coalesce(sum(moved.amount_minor) FILTER (WHERE moved.amount_minor > 0
        AND moved.kind <> 'came_back'), 0)::bigint AS earned,
    coalesce(sum(moved.amount_minor) FILTER (WHERE moved.amount_minor < 0
        AND moved.kind NOT IN ('paid_out', 'credited', 'donated')), 0)::bigint AS taken,
    coalesce(-sum(moved.amount_minor) FILTER (WHERE moved.kind IN ('paid_out', 'came_back')),
        0)::bigint AS paid,
    coalesce(-sum(moved.amount_minor) FILTER (WHERE moved.kind IN ('credited', 'donated')),
        0)::bigint AS turned,
    coalesce(sum(turned.bonus_minor), 0)::bigint AS bonus
"""
TURNED_TOO = """
    LEFT JOIN turned_payables turned
        ON turned.entry_id = moved.entry_id AND moved.kind IN ('credited', 'donated')
"""


def months_of(editor_id: int, currency: str, zone: str) -> list[Month]:
    """The months in which anything moved, newest first."""
    rows = db.session.execute(
        text(
            f"""
            SELECT date_trunc('month', moved.at AT TIME ZONE :zone)::date AS month, {SUMS}
            FROM payable_movements moved {TURNED_TOO}
            WHERE moved.editor_id = :editor AND moved.currency = :currency
            GROUP BY 1 ORDER BY 1 DESC
            """
        ),
        {"editor": editor_id, "currency": currency, "zone": zone},
    )
    return [Month(row[0], *(int(minor) for minor in row[1:])) for row in rows]

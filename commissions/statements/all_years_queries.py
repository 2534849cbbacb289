from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from commissions.statements.queries import SUMS, TURNED_TOO
from foundation.db import db
from foundation.web.amounts import beginning_of

_OF_YEAR = f"""
    SELECT {SUMS}, coalesce(sum(turned.amount_minor) FILTER (WHERE turned.kind = 'donation'), 0)::bigint,
           count(DISTINCT moved.editor_id)
    FROM payable_movements moved {TURNED_TOO}
    WHERE moved.currency = :currency AND moved.at >= :begins AND moved.at < :ends
"""
_ROWS = text(
    f"""
    SELECT editor.name, editor.handle, account.email, sums.* FROM (
        SELECT moved.editor_id, {SUMS},
               coalesce(sum(turned.amount_minor) FILTER (WHERE turned.kind = 'donation'), 0)::bigint AS given
        FROM payable_movements moved {TURNED_TOO}
        WHERE moved.currency = :currency AND moved.at >= :begins AND moved.at < :ends
        GROUP BY moved.editor_id
    ) sums JOIN editors editor ON editor.id = sums.editor_id
    JOIN accounts account ON account.id = editor.account_id
    ORDER BY editor.name, editor.id LIMIT CAST(:limit AS bigint) OFFSET :offset
    """
)


@dataclass(frozen=True, slots=True)
class EditorYear:
    """What a year was for one editor, in minor units, as their own page of it says; `given_minor` is the part
    of what was turned that went to causes.
    """

    name: str
    handle: str
    email: str
    earned_minor: int
    taken_minor: int
    paid_minor: int
    turned_minor: int
    bonus_minor: int
    given_minor: int


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The same for all of them together."""

    earned_minor: int
    taken_minor: int
    paid_minor: int
    turned_minor: int
    bonus_minor: int
    given_minor: int
    editors: int


def sums_of(year: int, currency: str, zone: str) -> WholeYear:
    """The sums of everybody in a year by the shop's clock."""
    row = db.session.execute(text(_OF_YEAR), {"currency": currency, **_bounds(year, zone)}).one()
    return WholeYear(*(int(value) for value in row))


def rows_of(year: int, currency: str, zone: str, *, limit: int | None, offset: int) -> list[EditorYear]:
    """Editors for whom anything moved in a year, by name."""
    values = {"currency": currency, "limit": limit, "offset": offset, **_bounds(year, zone)}
    rows = db.session.execute(_ROWS, values)
    return [EditorYear(row[0], row[1], row[2], *(int(minor) for minor in row[4:])) for row in rows]


def all_rows(year: int, currency: str, zone: str) -> Sequence[EditorYear]:
    """Every one of them, in one statement."""
    return rows_of(year, currency, zone, limit=None, offset=0)


def years_there_are(currency: str, zone: str) -> list[int]:
    """The years in which anything moved, newest first."""
    rows = db.session.execute(
        text(
            """
            SELECT date_part('year', min(at) AT TIME ZONE :zone)::int,
                   date_part('year', max(at) AT TIME ZONE :zone)::int
            FROM payable_movements WHERE currency = :currency
            """
        ),
        {"currency": currency, "zone": zone},
    ).one()
    return list(range(rows[1], rows[0] - 1, -1)) if rows[0] is not None else []


def _bounds(year: int, zone: str) -> dict[str, datetime | None]:
    return {
        "begins": beginning_of(date(year, 1, 1), zone),
        "ends": beginning_of(date(year + 1, 1, 1), zone),
    }

"""The months in which clicks lie: PostgreSQL keeps each in a table of its own, by the hour of the click.

So an old month is dropped at once instead of being deleted row by row. Months are made ahead; a click of a
month nobody made lands in the table for the rest, and is moved when its month is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import text

from commissions.clicks.days import rolled_until
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

AHEAD = 3  # months that are there, with the one that runs
REST = "clicks_rest"
# Nobody who follows a link waits longer for this; whoever keeps us waiting is tried again later.
_PATIENCE = text("SET LOCAL lock_timeout = '3s'")
_THERE = text(
    """
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'clicks'::regclass AND relname <> :rest ORDER BY relname
    """
)


def name_of(month: datetime) -> str:
    """The table of a month: `clicks_2026_11`."""
    return f"clicks_{month:%Y_%m}"


def month_of(moment: datetime, later: int = 0) -> datetime:
    """When the month of a moment began, in UTC, or one some months later or (below nothing) earlier."""
    moment = moment.astimezone(UTC)
    months = moment.year * 12 + moment.month - 1 + later
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def months_there() -> list[datetime]:
    """The months that have a table, oldest first."""
    names = db.session.scalars(_THERE, {"rest": REST})
    return [datetime.strptime(name, "clicks_%Y_%m").replace(tzinfo=UTC) for name in names]


def make_months(*, actor: Actor) -> list[str]:
    """Make the tables of this month and the next ones; the names of those that were not there."""
    there = set(months_there())
    wanted = [month_of(clock.now(), later) for later in range(AHEAD)]
    made = [month for month in wanted if month not in there]
    if made:
        db.session.execute(_PATIENCE)
        db.session.execute(text("LOCK TABLE clicks IN SHARE ROW EXCLUSIVE MODE"))
    for month in made:
        for statement in _making(month):
            db.session.execute(text(statement))
    return [name_of(month) for month in made]


def drop_months(*, actor: Actor, kept: int) -> list[str]:
    """Throw away the months that ended `kept` months ago or earlier and are rolled up whole; their names."""
    rolled = rolled_until()
    if rolled is None:
        return []
    end = min(month_of(clock.now(), -kept), month_of(rolled))
    gone = [month for month in months_there() if month < end]
    db.session.execute(_PATIENCE)
    for month in gone:
        db.session.execute(text(f"DROP TABLE {name_of(month)}"))
    db.session.execute(text(f"DELETE FROM {REST} WHERE hour < :end"), {"end": end})
    return [name_of(month) for month in gone]


def _making(month: datetime) -> Iterator[str]:
    """The statements that make a month, and move into it what lies in the rest."""
    name, begins, ends = name_of(month), month.isoformat(), month_of(month, 1).isoformat()
    yield f"CREATE TABLE {name} (LIKE clicks INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
    yield (
        f"WITH moved AS (DELETE FROM {REST} WHERE hour >= '{begins}' AND hour < '{ends}' RETURNING *) "
        f"INSERT INTO {name} SELECT * FROM moved"
    )
    yield f"ALTER TABLE clicks ATTACH PARTITION {name} FOR VALUES FROM ('{begins}') TO ('{ends}')"

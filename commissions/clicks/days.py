"""Clicks added up by day, for every page that shows how many there were.

A day that is over is rolled up once, and read from there from then on, whether its clicks are kept still or
not: so throwing them away changes no figure. The days since are counted from the clicks themselves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from commissions.clicks.models import Click, RolledDay
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

LATE = timedelta(hours=1)  # in which a click of yesterday may still be on its way
# Until when clicks are rolled up.
ROLLED = "(SELECT coalesce(max(until), '-infinity') FROM rolled_days)"
# The clicks of one editor by day of the shop and what the link led to. Asks for `editor`, `zone`, and for
# `earliest`, before which nobody asks.
BY_DAY = f"""
    SELECT day, link_id, look_id, product_id, clicks, own, again FROM day_clicks WHERE editor_id = :editor
    UNION ALL
    SELECT (first_at AT TIME ZONE :zone)::date, link_id, look_id, product_id,
           counted::int, own::int, (NOT counted AND NOT own)::int
    FROM clicks WHERE editor_id = :editor AND first_at >= greatest({ROLLED}, CAST(:earliest AS timestamptz))
"""
# By hour, too, because that is how the clicks are divided: only the months of the day are looked into.
_ROLL_UP = text(
    """
    INSERT INTO day_clicks
        (day, editor_id, link_id, look_id, product_id, device, country, clicks, own, again)
    SELECT :day, editor_id, link_id, look_id, product_id, device, country,
           count(*) FILTER (WHERE counted), count(*) FILTER (WHERE own),
           count(*) FILTER (WHERE NOT counted AND NOT own)
    FROM clicks
    WHERE hour > CAST(:since AS timestamptz) - interval '1 hour' AND hour < :until
      AND first_at >= :since AND first_at < :until
    GROUP BY editor_id, link_id, look_id, product_id, device, country
    ON CONFLICT ON CONSTRAINT uq_day_clicks DO UPDATE
    SET clicks = day_clicks.clicks + excluded.clicks, own = day_clicks.own + excluded.own,
        again = day_clicks.again + excluded.again
    """
)
# Whoever is first rolls the day up; another who wants to waits for that, and finds it done.
_TAKEN = text(
    "INSERT INTO rolled_days (until, day) VALUES (:until, :day) ON CONFLICT DO NOTHING RETURNING day"
)


def rolled_until() -> datetime | None:
    """Until when clicks are rolled up; None as long as no day is."""
    return db.session.scalars(select(func.max(RolledDay.until))).one()


def next_day(zone: str) -> tuple[datetime, datetime] | None:
    """The moments at which the next day to be rolled up begins and ends; None until it is over.

    It begins where the one before ended, so that no click is lost or counted twice when the shop moves to
    another time zone.
    """
    place = ZoneInfo(zone)
    since = rolled_until()
    if since is None:
        first: datetime | None = db.session.scalars(select(func.min(Click.first_at))).one()
        if first is None:
            return None
        since = datetime.combine(first.astimezone(place).date(), time(), place)
    until = datetime.combine(since.astimezone(place).date() + timedelta(days=1), time(), place)
    return None if until > clock.now() - LATE else (since, until)


def roll_up(*, actor: Actor, zone: str) -> date | None:
    """Add up the clicks of the next day that is over; the day, or None when there is none to do."""
    bounds = next_day(zone)
    if bounds is None:
        return None
    since, until = (moment.astimezone(UTC) for moment in bounds)
    day = bounds[0].astimezone(ZoneInfo(zone)).date()
    if db.session.execute(_TAKEN, {"until": until, "day": day}).one_or_none() is not None:
        db.session.execute(_ROLL_UP, {"day": day, "since": since, "until": until})
    return day

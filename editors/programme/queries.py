from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from editors.programme.models import ONLY, ProgrammePage
from foundation.db import db


@dataclass(frozen=True, slots=True)
class Week:
    """The steps of one week, from its Monday."""

    monday: date
    seen: int
    begun: int
    sent: int
    decided: int


_WEEKS = text(
    """
    WITH weeks AS (
        SELECT generate_series(date_trunc('week', CAST(:today AS date)) - make_interval(weeks => :number - 1),
                               date_trunc('week', CAST(:today AS date)), interval '1 week')::date AS monday)
    SELECT monday,
        (SELECT coalesce(sum(number), 0) FROM programme_counts
         WHERE step = 'seen' AND day >= monday AND day < monday + 7),
        (SELECT coalesce(sum(number), 0) FROM programme_counts
         WHERE step = 'begun' AND day >= monday AND day < monday + 7),
        (SELECT count(*) FROM editor_applications
         WHERE (applied_at AT TIME ZONE :zone)::date >= monday
             AND (applied_at AT TIME ZONE :zone)::date < monday + 7),
        (SELECT count(*) FROM editor_applications
         WHERE status IN ('approved', 'declined') AND (decided_at AT TIME ZONE :zone)::date >= monday
             AND (decided_at AT TIME ZONE :zone)::date < monday + 7)
    FROM weeks ORDER BY monday DESC
    """
)


def programme_page() -> ProgrammePage:
    """The one row."""
    return db.session.get_one(ProgrammePage, ONLY)


def weeks(today: date, zone: str, number: int = 12) -> Sequence[Week]:
    """The last weeks, this one first."""
    rows = db.session.execute(_WEEKS, {"today": today, "zone": zone, "number": number})
    return [Week(row[0], int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows]

"""When the house prepares its runs by itself: never, every week or every month, once for each such period."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Rhythm(StrEnum):
    """off: somebody prepares every run by hand."""

    OFF = "off"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def period_due(rhythm: Rhythm, day: int, today: date) -> str | None:
    """The period whose run is due, by name: `2026-W47` from that day of its week on (1 is Monday), `2026-11`
    from that day of its month on. None before that day, and when nothing is scheduled.
    """
    if rhythm is Rhythm.WEEKLY and today.isoweekday() >= day:
        return f"{today:%G-W%V}"
    if rhythm is Rhythm.MONTHLY and today.day >= day:
        return f"{today:%Y-%m}"
    return None


def next_run_day(rhythm: Rhythm, day: int, today: date) -> date:
    """The next day on which a run is prepared, today included. Where nothing is scheduled it is the day of
    the month on which the house means to make its run; every month has days 1 to 28.
    """
    if rhythm is Rhythm.WEEKLY:
        return today + timedelta(days=(day - today.isoweekday()) % 7)
    if today.day <= day:
        return today.replace(day=day)
    return (today.replace(day=1) + timedelta(days=32)).replace(day=day)

"""Which days and which month somebody asks for; what is none is the usual, and never an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from foundation import days

A_YEAR = timedelta(days=365)
LONGEST = timedelta(days=3660)


def span_of(asked: Mapping[str, str], today: date) -> tuple[date, date]:
    """From and until, both counted: the last twelve months unless said otherwise."""
    first, last = _day(asked.get("from", "")), _day(asked.get("until", ""))
    last = last or today
    first = first or last - A_YEAR
    return (first, last) if first <= last and last - first <= LONGEST else (today - A_YEAR, today)


def month_of(asked: str, today: date) -> date:
    """The first day of the month that was asked for, else of this one."""
    return _day(f"{asked}-01") or today.replace(day=1)


def neighbours(first: date) -> tuple[date, date]:
    """The first days of the months before and after."""
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)


def moments(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """When days begin and end on a clock."""
    place, after = ZoneInfo(zone), last + timedelta(days=1)
    return (
        datetime(first.year, first.month, first.day, tzinfo=place),
        datetime(after.year, after.month, after.day, tzinfo=place),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day is not None and days.known(day) else None

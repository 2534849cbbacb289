"""A month of the books: when it begins and ends, in the shop's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def bounds(first: date, zone: str) -> tuple[datetime, datetime]:
    """When a calendar month begins and ends in a time zone, as moments."""
    after = month_after(first)
    place = ZoneInfo(zone)
    return (
        datetime(first.year, first.month, 1, tzinfo=place),
        datetime(after.year, after.month, 1, tzinfo=place),
    )


def month_after(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)

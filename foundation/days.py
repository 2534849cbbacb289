"""The days this house knows: what lies outside was mistyped, and the ends of the calendar break clocks.

Year 1 in Rome begins before year 1 in UTC, and the last day of 9999 has no day after it.
"""

from __future__ import annotations

from datetime import date, datetime

FIRST = date(2000, 1, 1)
LAST = date(2099, 12, 31)


def known(day: date) -> bool:
    """Whether a day, or the day of a moment on its own clock, is one from 2000 to 2099."""
    return FIRST <= (day.date() if isinstance(day, datetime) else day) <= LAST


def checked(column: str) -> str:
    """The same for a column of moments as a condition of its table; a day's grace for any zone."""
    return f"{column} BETWEEN '1999-12-31 00:00+00' AND '2100-01-02 00:00+00'"

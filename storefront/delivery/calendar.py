"""Working days: Monday to Friday, less the public holidays of a country.

A table of our own (docs/decisions/0020-delivery-and-taxes.md): national holidays only, as their laws stand in
2026. A country that is not in it keeps the days that nearly all of Europe keeps.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5

# Days from Easter Sunday.
GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI = -2, 1, 39, 50, 60

SHARED = ("01-01", "05-01", "12-25", "12-26"), (EASTER_MONDAY,)
HOLIDAYS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "IT": (
        (
            *("01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "10-04", "11-01"),
            *("12-08", "12-25", "12-26"),
        ),
        (EASTER_MONDAY,),
    ),
    "AT": (
        ("01-01", "01-06", "05-01", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"),
        (EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI),
    ),
    "BE": (
        ("01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"),
        (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    ),
    "CH": (("01-01", "08-01", "12-25", "12-26"), (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY)),
    "DE": (
        ("01-01", "05-01", "10-03", "12-25", "12-26"),
        (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    ),
    "ES": (
        ("01-01", "01-06", "05-01", "08-15", "10-12", "11-01", "12-06", "12-08", "12-25"),
        (GOOD_FRIDAY,),
    ),
    "FR": (
        ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"),
        (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    ),
    "GB": (("01-01", "12-25", "12-26"), (GOOD_FRIDAY, EASTER_MONDAY)),
    "IE": (("01-01", "03-17", "12-25", "12-26"), (EASTER_MONDAY,)),
    "LU": (
        ("01-01", "05-01", "05-09", "06-23", "08-15", "11-01", "12-25", "12-26"),
        (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    ),
    "NL": (("01-01", "04-27", "12-25", "12-26"), (EASTER_MONDAY, ASCENSION, WHIT_MONDAY)),
    "PT": (
        (*("01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01"), *("12-01", "12-08", "12-25")),
        (GOOD_FRIDAY, CORPUS_CHRISTI),
    ),
}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar. Method: the anonymous computus of 1876."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * moon) // 433
    month = (h + moon - 7 * m + 90) // 25
    return date(year, month, (h + moon - 7 * m + 33 * month + 19) % 32)


@lru_cache(maxsize=256)
def holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year."""
    fixed, moving = HOLIDAYS.get(country, SHARED)
    sunday = easter(year)
    return frozenset(
        [date.fromisoformat(f"{year}-{day}") for day in fixed]
        + [sunday + timedelta(days=offset) for offset in moving]
    )


def works(country: str, day: date) -> bool:
    """Whether parcels move on that day there."""
    return day.weekday() < SATURDAY and day not in holidays(country, day.year)

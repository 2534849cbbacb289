"""Which days results are of, and what they are compared with. Arithmetic on days, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from foundation.money import Money, round_half_up

LONGEST = 731  # days: two years, so that a year can stand beside the one before it
DAILY, WEEKLY = 31, 190  # up to so many days a chart has a bar for each day, or for each week


class Cut(StrEnum):
    """By what results are listed."""

    LOOK = "look"
    PIECE = "piece"
    LINK = "link"
    PLACE = "place"
    DAY = "day"


class Period(StrEnum):
    """Which days; `days` are the editor's own choice."""

    WEEK = "7"
    FOUR_WEEKS = "28"
    QUARTER = "90"
    YEAR = "365"
    MONTH = "month"
    LAST_MONTH = "last-month"
    CHOSEN = "days"


class Against(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR = "year"
    CHOSEN = "days"
    NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the shop, from the first to the last, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """When the span begins and ends, as moments; a day of 23 or 25 hours is one day."""
        place = ZoneInfo(zone)
        after = self.last + timedelta(days=1)
        return (
            datetime(self.first.year, self.first.month, self.first.day, tzinfo=place),
            datetime(after.year, after.month, after.day, tzinfo=place),
        )


def span_of(period: Period, today: date) -> Span:
    """The days of a period that ends today, or of a calendar month. `days` has none of its own."""
    if period is Period.MONTH:
        return Span(today.replace(day=1), today)
    if period is Period.LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return Span(last.replace(day=1), last)
    return Span(today - timedelta(days=int(period) - 1), today)


def span_before(span: Span, period: Period) -> Span:
    """As many days right before; of a month so far the same days of the month before, of a whole one that."""
    if period in (Period.MONTH, Period.LAST_MONTH):
        last = span.first - timedelta(days=1)
        if period is Period.MONTH:
            last = last.replace(day=min(last.day, span.last.day))
        return Span(last.replace(day=1), last)
    return Span(span.first - timedelta(days=span.days), span.first - timedelta(days=1))


def span_a_year_before(span: Span) -> Span:
    """The same days of the year before; the 29th of February becomes the 28th."""
    return Span(_a_year_before(span.first), _a_year_before(span.last))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def chunks(span: Span) -> list[Span]:
    """The bars of a chart: days, weeks from the first day on, or calendar months."""
    if span.days <= DAILY:
        return [Span(day, day) for day in _every(span, 1)]
    if span.days <= WEEKLY:
        return [Span(day, min(day + timedelta(days=6), span.last)) for day in _every(span, 7)]
    found, first = [], span.first
    while first <= span.last:
        after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Span(first, min(after - timedelta(days=1), span.last)))
        first = after
    return found


def _every(span: Span, step: int) -> Sequence[date]:
    return [span.first + timedelta(days=number) for number in range(0, span.days, step)]


@dataclass(frozen=True, slots=True)
class Results:
    """What came of something. `seen` are openings of its page, `clicks` people who came by its links, `carts`
    those of them who put something into the bag, `kept` how many of the `pieces` sold did not come back,
    `earned_minor` the commission after that.
    """

    seen: int = 0
    clicks: int = 0
    carts: int = 0
    orders: int = 0
    pieces: int = 0
    kept: int = 0
    earned_minor: int = 0

    def __add__(self, other: Results) -> Results:
        return Results(
            self.seen + other.seen,
            self.clicks + other.clicks,
            self.carts + other.carts,
            self.orders + other.orders,
            self.pieces + other.pieces,
            self.kept + other.kept,
            self.earned_minor + other.earned_minor,
        )

    def per_click(self, currency: str) -> Money | None:
        """What a click earned on average; None without clicks."""
        return Money(round_half_up(self.earned_minor, self.clicks), currency) if self.clicks else None

    def figure(self, name: str, currency: str) -> int:
        """A figure by name, as a whole number to order and to draw by."""
        if name == "per_click":
            per_click = self.per_click(currency)
            return per_click.minor if per_click else -1
        return int(getattr(self, "earned_minor" if name == "earned" else name))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not counted: the editor's own openings and clicks, clicks of somebody counted within the hour,
    programs.
    """

    own_seen: int = 0
    programs_seen: int = 0
    own_clicks: int = 0
    again: int = 0
    programs: int = 0

    def __add__(self, other: LeftOut) -> LeftOut:
        return LeftOut(
            self.own_seen + other.own_seen,
            self.programs_seen + other.programs_seen,
            self.own_clicks + other.own_clicks,
            self.again + other.again,
            self.programs + other.programs,
        )


NONE, NOTHING_LEFT_OUT = Results(), LeftOut()

"""When a place is open: arithmetic on minutes of a day, on the clock that hangs there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

DAY = 24 * 60
# A place that does not open within two weeks is closed for now.
LOOK_AHEAD = 14
MOST_SPANS = 4
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|—|to|alle)\s*(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Open from one minute of the day up to another, which is no longer within."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_time(self.opens)}–{clock_time(self.closes)}"


@dataclass(frozen=True, slots=True)
class Hours:
    """The spans of each weekday (Monday is 0), and of days with others; a day without any is closed."""

    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    special: Mapping[date, Sequence[Span]] = field(default_factory=dict)

    def on(self, day: date) -> Sequence[Span]:
        """The spans of a day, in order."""
        return self.special[day] if day in self.special else self.week.get(day.weekday(), ())


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a place is open; until when, or else when it opens next (None: not in the next two weeks)."""

    is_open: bool
    until: int | None = None
    next_day: date | None = None
    next_time: int | None = None


def standing(hours: Hours, local: datetime) -> Standing:
    """How a place stands at a moment of its own clock."""
    today, minute = local.date(), local.hour * 60 + local.minute
    for span in hours.on(today):
        if span.opens <= minute < span.closes:
            return Standing(True, until=span.closes)
        if minute < span.opens:
            return Standing(False, next_day=today, next_time=span.opens)
    for ahead in range(1, LOOK_AHEAD + 1):
        day = today + timedelta(days=ahead)
        if spans := hours.on(day):
            return Standing(False, next_day=day, next_time=spans[0].opens)
    return Standing(False)


def read_spans(text: str) -> tuple[Span, ...]:
    """`10:00-13:00, 15:30-19:30` as people type it; nothing means closed.

    Raises `ValueError` when it reads otherwise, when a span ends before it begins, or when two touch.
    """
    parts = [part.strip() for part in re.split(r"[,;/]", text) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise ValueError(text)
    spans = sorted((_span(part) for part in parts), key=lambda span: span.opens)
    if any(first.closes >= second.opens for first, second in pairwise(spans)):
        raise ValueError(text)
    return tuple(spans)


def write_spans(spans: Sequence[Span]) -> str:
    """What `read_spans` reads back."""
    return ", ".join(f"{clock_time(span.opens)}-{clock_time(span.closes)}" for span in spans)


def clock_time(minute: int) -> str:
    """A minute of the day as a clock shows it: `09:30`, and `24:00` at its end."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    opens, closes = _minute(found[1], found[2]), _minute(found[3], found[4])
    if closes <= opens:
        raise ValueError(text)
    return Span(opens, closes)


def _minute(hour: str, minute: str) -> int:
    value = int(hour) * 60 + int(minute)
    if int(minute) > 59 or value > DAY:
        raise ValueError(f"{hour}:{minute}")
    return value

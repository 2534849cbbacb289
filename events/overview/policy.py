"""Evenings added up, and the weeks of a month: arithmetic alone."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening that has begun, and its people: parties that waited, all else in people."""

    id: int
    title: str
    title_it: str | None
    format: str
    starts_at: datetime
    time_zone: str
    capacity: int
    store: str
    host: str
    going: int
    came: int
    absent: int
    waited: int
    waited_and_came: int

    @property
    def expected(self) -> int:
        """People with a seat; none where nobody was let in by the list, for nothing is known of who came."""
        return self.going if self.came or self.absent else 0


@dataclass(frozen=True, slots=True)
class Line:
    """Some evenings together: how many, seats and people; parties for the waiting list."""

    name: str
    evenings: int
    seats: int
    going: int
    expected: int
    came: int
    absent: int
    waited: int
    waited_and_came: int

    @property
    def absent_bps(self) -> int:
        """Who had a seat and did not come, in basis points of who was expected, rounded half up."""
        return _share(self.absent, self.expected)

    @property
    def waited_bps(self) -> int:
        """Who waited and came, in basis points of who waited, rounded half up."""
        return _share(self.waited_and_came, self.waited)


def added_up(evenings: Iterable[Evening], by: Callable[[Evening], str]) -> list[Line]:
    """One line for each store, kind or host, the one with most people first."""
    groups: dict[str, list[Evening]] = {}
    for one in evenings:
        groups.setdefault(by(one), []).append(one)
    lines = [line_of(name, some) for name, some in groups.items()]
    return sorted(lines, key=lambda line: (-line.came, line.name))


def line_of(name: str, some: Sequence[Evening]) -> Line:
    return Line(
        name=name,
        evenings=len(some),
        seats=sum(one.capacity for one in some),
        going=sum(one.going for one in some),
        expected=sum(one.expected for one in some),
        came=sum(one.came for one in some),
        absent=sum(one.absent for one in some),
        waited=sum(one.waited for one in some),
        waited_and_came=sum(one.waited_and_came for one in some),
    )


def weeks_of(year: int, month: int) -> list[list[date]]:
    """The weeks of a month from Monday to Sunday, with the days of its neighbours at both ends."""
    return Calendar().monthdatescalendar(year, month)


def _share(part: int, whole: int) -> int:
    return (part * 20_000 + whole) // (2 * whole) if whole else 0

"""Who is offered a free seat, for how long, and when nobody is written to: arithmetic alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

LONGEST_OFFER = timedelta(hours=12)
SHORTEST_OFFER = timedelta(minutes=30)
# With less time than this nobody is waited for: a free seat is everybody's who waits.
LAST_HOURS = timedelta(hours=3)
# No letter leaves at night, on the clock of the store; and no offer begins that somebody would sleep through.
NIGHT, MORNING = time(22), time(8)

# So long after the letter of the day before a seat that nobody confirmed stays theirs.
TIME_TO_CONFIRM = timedelta(hours=12)

# Whoever comes an hour early is let in, in the store or online; a ticket tried out in the afternoon is not.
DOORS_OPEN = timedelta(hours=1)

WEEK, DAY_BEFORE, HOURS_BEFORE = "week", "day", "hours"
# Which reminder is due how long before it begins, and until the next one takes its place.
REMINDERS = {
    WEEK: (timedelta(days=7), timedelta(hours=24)),
    DAY_BEFORE: (timedelta(hours=24), timedelta(hours=2)),
    HOURS_BEFORE: (timedelta(hours=2), timedelta()),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who waits, and for how many people."""

    id: int
    people: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who is offered seats, in order, and how often each was passed over by it."""

    offered: Sequence[int]
    passed: Mapping[int, int]


def offer_length(left: timedelta) -> timedelta:
    """How long an offer lasts when so much time is left: a quarter of it, at most twelve hours, at least half
    an hour."""
    return max(min(LONGEST_OFFER, left / 4), SHORTEST_OFFER)


def free_seats(capacity: int, taken: int) -> int:
    return max(0, capacity - taken)


def allot(waiting: Sequence[Party], free: int) -> Allotment:
    """Free seats to those who wait, in their order: the first party that fits, whole.

    Who needs more than is free keeps the place, and is counted each time somebody behind them is served.
    """
    offered: list[int] = []
    too_many: list[int] = []
    passed: Counter[int] = Counter()
    for party in waiting:
        if party.people <= free:
            free -= party.people
            offered.append(party.id)
            passed.update(too_many)
        else:
            too_many.append(party.id)
    return Allotment(offered, passed)


def is_quiet(local: datetime) -> bool:
    """Whether people sleep: `local` is on the clock of the store."""
    return local.time() >= NIGHT or local.time() < MORNING


def reminder_due(left: timedelta, been_going: timedelta) -> str | None:
    """Which reminder somebody gets when so much time is left, who has had a seat for so long.

    None to who took the seat after its hour had come: what they know already is no news.
    """
    for kind, (due, over) in REMINDERS.items():
        if over < left <= due:
            return kind if been_going >= due - left else None
    return None

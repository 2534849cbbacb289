"""Until when an event counts, and when its figures are final: arithmetic alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

# What guests buy in these days is told of with the event, and so long its code counts.
COUNTS = timedelta(days=7)
# Who comes back within so many days, and what they spent in so many before.
BACK, BEFORE = timedelta(days=30), timedelta(days=28)
# A pause at the door longer than this is nobody waiting, and says nothing of how quick it goes.
QUEUE = timedelta(minutes=2)
# Fewer people than this could be told apart in a sum.
FEWEST = 3


def final_at(ends_at: datetime, return_days: int) -> datetime:
    """From when on the figures of an event cannot change: the last order that counts cannot come back any
    more, and who would come back within thirty days has."""
    return ends_at + max(BACK, COUNTS + timedelta(days=return_days))


def median_gap(moments: Sequence[Sequence[datetime]]) -> int | None:
    """Seconds from one guest to the next, in the middle of all: `moments` are the admissions of each device,
    in order. None while nobody stood behind anybody."""
    gaps = sorted(
        gap for device in moments for earlier, later in pairwise(device) if (gap := later - earlier) <= QUEUE
    )
    if not gaps:
        return None
    middle = len(gaps) // 2
    return int((gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2).total_seconds())


def share_bps(part: int, whole: int) -> int:
    """A part of a whole in basis points, rounded half up; 0 of nothing."""
    return (part * 20_000 + whole) // (2 * whole) if whole else 0

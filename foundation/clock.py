"""The one place that says what time it is.

Production reads the machine's clock. The stand-in for Stripe may shift it (its operator panel moves
time on, to see a hold end), and the demo's story and the tests hold it still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class _Clock:
    """What can be changed about time, kept in one object so that it is easy to put back."""

    def __init__(self) -> None:
        self.offset: Callable[[], timedelta] = timedelta
        self.held: datetime | None = None


_clock = _Clock()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    if _clock.held is not None:
        return _clock.held
    return datetime.now(UTC) + _clock.offset()


def machine() -> datetime:
    """The machine's own time, whatever the shop's clock says: for what is compared with another
    device's clock (one-time codes, the age of a stored file) and for nothing else."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in a time zone such as `Europe/Rome`."""
    return now().astimezone(ZoneInfo(zone)).date()


def shift_by(offset: Callable[[], timedelta]) -> None:
    """Let `offset` say how far the shop's time runs ahead of the machine's (the demo's clock)."""
    _clock.offset = offset


def hold(moment: datetime | None) -> None:
    """Stop time at an aware moment, or let it run again with None. For the demo's story and tests."""
    if moment is not None and moment.tzinfo is None:
        raise ValueError("Time without a zone is nobody's time.")
    _clock.held = moment.astimezone(UTC) if moment else None


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold time at `moment` for the length of a block."""
    before = _clock.held
    hold(moment)
    try:
        yield
    finally:
        _clock.held = before

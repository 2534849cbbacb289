"""When the code of an event counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

# So long after an event its guests think it over at home.
LASTS = timedelta(days=7)


class Window(NamedTuple):
    """From a moment up to another."""

    starts_at: datetime
    ends_at: datetime


def window_of(starts_at: datetime, ends_at: datetime) -> Window:
    """A code counts from the beginning of its event to seven days after the end."""
    return Window(starts_at, ends_at + LASTS)

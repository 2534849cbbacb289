"""What the circle has to ask of somebody above it who counts clicks, orders and money.

Until somebody registers, everybody has done nothing yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Done:
    """What one editor did in a time: clicks that count, orders not wholly returned, what was earned."""

    clicks: int = 0
    orders: int = 0
    earned_minor: int = 0


NOTHING = Done()


class Counting(Protocol):
    """Who knows what came of the links of editors."""

    def done(self, editor_ids: Collection[int], since: datetime, until: datetime) -> Mapping[int, Done]:
        """By editor; whoever did nothing may be missing."""


class _Port:
    counting: Counting | None = None


def count_with(counting: Counting) -> None:
    """Register who knows."""
    _Port.counting = counting


def done_by(editor_ids: Collection[int], since: datetime, until: datetime) -> Mapping[int, Done]:
    """What editors did from `since` until before `until`."""
    if _Port.counting is None or not editor_ids:
        return {}
    return _Port.counting.done(editor_ids, since, until)

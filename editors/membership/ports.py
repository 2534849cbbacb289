"""What the circle has to ask of somebody above it: who counts clicks, orders and money, and who knows which
features are kept for a pilot group.

Until somebody registers, everybody has done nothing yet and may try everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from editors.membership.errors import PilotOnly
from editors.membership.features import Feature


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


def _nothing(editor_id: int) -> frozenset[Feature]:
    return frozenset()


class _Port:
    counting: Counting | None = None
    withheld: Callable[[int], frozenset[Feature]] = staticmethod(_nothing)


def count_with(counting: Counting) -> None:
    """Register who knows."""
    _Port.counting = counting


def done_by(editor_ids: Collection[int], since: datetime, until: datetime) -> Mapping[int, Done]:
    """What editors did from `since` until before `until`."""
    if _Port.counting is None or not editor_ids:
        return {}
    return _Port.counting.done(editor_ids, since, until)


def withhold_with(withheld: Callable[[int], frozenset[Feature]]) -> None:
    """Register who knows which features an editor has not got yet."""
    _Port.withheld = staticmethod(withheld)


def withheld_from(editor_id: int) -> frozenset[Feature]:
    """The features that only pilot groups have now, and this editor is in none of them. One statement."""
    return _Port.withheld(editor_id)


def refuse_without(feature: Feature, editor_id: int) -> None:
    """Raise `PilotOnly` for an editor who has not got a feature yet; asked by the action that begins it."""
    if feature in withheld_from(editor_id):
        raise PilotOnly()

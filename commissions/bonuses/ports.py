"""Who earned a bonus at an event in a store. Until somebody above registers, nobody has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Earned:
    """An editor who earned it, and when."""

    editor_id: int
    at: datetime


class EventBonuses(Protocol):
    """Who knows what was earned at an event."""

    def earned_at(self, event: str) -> Sequence[Earned]:
        """Everybody who has earned the bonus of the event of this key by now; it only reads."""

    def takes_place(self, event: str) -> bool:
        """Whether there is an event of this key that took place or still may: nobody earns at another."""


class _Port:
    known: EventBonuses | None = None


def bonuses_by(known: EventBonuses | None) -> None:
    """Register who knows; None takes that back."""
    _Port.known = known


def earned_at(event: str) -> Sequence[Earned]:
    """Everybody who has earned it; nobody while there are no events."""
    return _Port.known.earned_at(event) if _Port.known is not None else ()


def takes_place(event: str) -> bool:
    """Whether a bonus of this event can be earned; none can while there are no events."""
    return _Port.known is not None and _Port.known.takes_place(event)

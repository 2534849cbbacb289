"""What the calendar of events tells: nothing is said of drafts and proposals, of which no guest knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EventMoved(Fact):
    """An approved event has another time or another room, perhaps in another store; its guests keep their
    seats.

    `other_time`: the hours are others, not the room alone. It may have moved again when this is heard.
    """

    NAME: ClassVar[str] = "events.EventMoved"
    event_id: int
    sequence: int
    was_starts_at: datetime
    was_ends_at: datetime
    other_time: bool


@dataclass(frozen=True, kw_only=True)
class EventTermsChanged(Fact):
    """Staff changed who finds an approved event, who gets a seat or how many come on one invitation."""

    NAME: ClassVar[str] = "events.EventTermsChanged"
    event_id: int


@dataclass(frozen=True, kw_only=True)
class EventHandedOver(Fact):
    """An approved event has another host; day, place and seats are as they were. `turn_id` is the step."""

    NAME: ClassVar[str] = "events.EventHandedOver"
    event_id: int
    turn_id: int
    was_editor_id: int
    editor_id: int


@dataclass(frozen=True, kw_only=True)
class EventCancelled(Fact):
    """An approved event is called off; why stands in its last turn."""

    NAME: ClassVar[str] = "events.EventCancelled"
    event_id: int
    sequence: int


@dataclass(frozen=True, kw_only=True)
class EventClosed(Fact):
    """An event is over."""

    NAME: ClassVar[str] = "events.EventClosed"
    event_id: int

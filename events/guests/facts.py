"""What is told of guests: where a party stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GuestMoved(Fact):
    """A party of an event has another status. `turn` rises with each; a later one may be true by
    now. `was`: the one before, empty for a new party."""

    NAME: ClassVar[str] = "events.GuestMoved"
    rsvp_id: int
    event_id: int
    status: str
    turn: int
    was: str = ""

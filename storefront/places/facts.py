"""What places tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StoreShut(Fact):
    """Staff wrote down that a place is shut: on one `day` of its own calendar (as 2026-11-24), or for good.

    It may be open again when this is heard: read the place. `told_at`: when they did (UTC).
    """

    NAME: ClassVar[str] = "places.StoreShut"
    place_id: int
    day: str | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HoursChanged(Fact):
    """Staff wrote down other hours of a place: on one `day` of its own calendar, or of its week.

    A day on which it is closed is told by `StoreShut`. They may be others again when this is heard: read the
    place. `told_at`: when they did (UTC).
    """

    NAME: ClassVar[str] = "places.HoursChanged"
    place_id: int
    day: str | None = None
    told_at: datetime | None = None

"""What waits for staff: one line of the queue on the first page of the desk.

A package fills the slot `staff.queue` with a callable that returns the jobs this reader may do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import attrgetter

from foundation.web import slots

PLACE = "staff.queue"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to decide: of which kind, about what, since when, and where it is done."""

    kind: str
    what: str
    href: str
    since: datetime
    note: str = ""
    action: str = ""
    late: bool = False


def waiting() -> list[Job]:
    """Everything that waits for this reader, oldest first."""
    lists: Iterable[Iterable[Job]] = slots.gather(PLACE)
    return sorted(chain.from_iterable(lists), key=attrgetter("since"))

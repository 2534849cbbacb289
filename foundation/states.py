"""Status changes by a table: what is not listed cannot happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict

Status = TypeVar("Status", bound=StrEnum)


class IllegalMove(Conflict):
    """A status was asked to move where the table has no arrow."""

    sentence = _l("This has moved on in the meantime, so that step is no longer possible.")


class HasStatus(Protocol):
    status: Any


class Transitions(Generic[Status]):
    """The legal moves of one status. Every member must appear, so that ends are ends on purpose."""

    def __init__(self, moves: Mapping[Status, Iterable[Status]]) -> None:
        self.moves: dict[Status, frozenset[Status]] = {
            start: frozenset(ends) for start, ends in moves.items()
        }
        family = type(next(iter(self.moves)))
        missing = set(family) - set(self.moves)
        if missing:
            raise ValueError(f"Say where these may go, even if nowhere: {sorted(missing)}")

    def allows(self, start: Status, end: Status) -> bool:
        return end in self.moves[start]

    def move(self, thing: HasStatus, end: Status) -> None:
        """Set `thing.status`; raises `IllegalMove` when the table has no such arrow."""
        start = thing.status
        if end not in self.moves[start]:
            raise IllegalMove(start=str(start), end=str(end))
        thing.status = end

    def sources(self, end: Status) -> list[Status]:
        """Every status that may move to `end`: the WHERE of a conditional update."""
        return [start for start, ends in self.moves.items() if end in ends]

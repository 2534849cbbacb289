"""Which events took place, and what is known of them. Until somebody above registers, none did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundation.i18n import pick


@dataclass(frozen=True, kw_only=True, slots=True)
class Hosted:
    """An event that is over. `place_id` and `agreed_at`: which store said yes, and when.

    `guests`: people who came. `nets`: what guests bought and kept that nobody earns a commission by, without
    tax, in minor units by currency; `final`: it cannot change any more, for that is counted.
    """

    event: str
    title: str
    title_it: str
    editor_id: int
    place_id: int
    agreed_at: datetime
    ended_at: datetime
    guests: int
    nets: Mapping[str, int]
    final: bool

    @property
    def called(self) -> str:
        """Its title in the reader's language."""
        return pick(self.title, self.title_it)


class Evenings(Protocol):
    """Who knows the events."""

    def hosted_since(self, ended_after: datetime) -> Sequence[Hosted]:
        """Every event that took place and ended after a moment, the first to end first."""

    def hosted(self, event: str) -> Hosted | None:
        """The event of a key, once it took place and is over."""


class _Port:
    known: Evenings | None = None


def hosted_by(known: Evenings | None) -> None:
    """Register who knows; None takes that back."""
    _Port.known = known


def hosted_since(ended_after: datetime) -> Sequence[Hosted]:
    """What took place; nothing while there are no events."""
    return _Port.known.hosted_since(ended_after) if _Port.known is not None else ()


def hosted(event: str) -> Hosted | None:
    """One of them."""
    return _Port.known.hosted(event) if _Port.known is not None else None

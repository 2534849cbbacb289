"""What a till has to ask of those above it: who gives credit for advice, and who knows what goes on there.

Until somebody registers there is no field for a code, no event to choose, and nothing is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Credited:
    """Whose code that is: as it is kept on the order, and the name to show."""

    code: str
    name: str


class Credit(Protocol):
    """Who knows what a code typed at a till stands for."""

    def of_code(self, typed: str) -> Credited | None:
        """Whose code that is; None when it is nobody's."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that goes on in a store: what it is known by to whoever named it, and its name to show."""

    ref: str
    name: str


class Occasions(Protocol):
    """Who knows what goes on in a store."""

    def going_on(self, place_id: int) -> Sequence[Occasion]:
        """What a sale of this moment may belong to, the first to have begun first."""

    def of_ticket(self, place_id: int, typed: str) -> Occasion | None:
        """What goes on there now and the ticket of a guest is for, as it was typed or read by a camera."""


class _Port:
    credit: Credit | None = None
    occasions: Occasions | None = None


def give_credit(credit: Credit) -> None:
    """Register who knows the codes."""
    _Port.credit = credit


def credit() -> Credit | None:
    """Whom to ask; None when nobody gives credit."""
    return _Port.credit


def tell_occasions(occasions: Occasions | None) -> None:
    """Register who knows what goes on; None takes that back."""
    _Port.occasions = occasions


def occasion_at(place_id: int, typed: str) -> Occasion | None:
    """What goes on in a store now and is meant: by its ref, or by the ticket of a guest; None for neither."""
    if _Port.occasions is None:
        return None
    named = next((one for one in _Port.occasions.going_on(place_id) if one.ref == typed), None)
    return named or _Port.occasions.of_ticket(place_id, typed)


def occasions_at(place_id: int) -> Sequence[Occasion]:
    """What goes on in a store now; nothing while nobody knows."""
    return _Port.occasions.going_on(place_id) if _Port.occasions is not None else ()

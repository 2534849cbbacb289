"""What a till has to ask of somebody above it who gives credit for advice.

Until somebody registers there is no field for a code, and nothing is written on the order.
"""

from __future__ import annotations

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


class _Port:
    credit: Credit | None = None


def give_credit(credit: Credit) -> None:
    """Register who knows the codes."""
    _Port.credit = credit


def credit() -> Credit | None:
    """Whom to ask; None when nobody gives credit."""
    return _Port.credit

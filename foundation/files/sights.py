"""Which part of a picture stays in sight where it is too tall or too wide for its frame."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Sight(StrEnum):
    """Where a picture is held while it is cut."""

    MIDDLE = "middle"
    START = "start"
    END = "end"

    @property
    def centring(self) -> tuple[float, float]:
        """Across and down, as Pillow wants it."""
        part = {Sight.MIDDLE: 0.5, Sight.START: 0.0, Sight.END: 1.0}[self]
        return part, part


SIGHT_WORDS: dict[Sight, Any] = {
    Sight.MIDDLE: _l("The middle"),
    Sight.START: _l("The top, or the left"),
    Sight.END: _l("The foot, or the right"),
}


def asked_sight(wanted: str) -> Sight:
    """The part a form asks for; the middle for what is none."""
    return Sight(wanted) if wanted in set(Sight) else Sight.MIDDLE

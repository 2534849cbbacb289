"""The register of kinds: names, real sizes and the function that draws each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Canvas

Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Kind:
    """What a look builder and a catalogue need to know about one kind."""

    key: str
    en: str
    it: str
    cm: float  # real height of the drawn piece
    slot: str  # top, outer, bottom, full, shoes, bag, extra
    finish: str
    tones: tuple[str, ...]  # palette roles that suit it, in order of preference
    patterns: tuple[str, ...]
    warp: float
    draw: Draw


KINDS: dict[str, Kind] = {}


def kind(
    key: str,
    en: str,
    it: str,
    cm: float,
    slot: str,
    *,
    finish: str = "cotton",
    tones: str = "light main soft mid deep accent",
    patterns: str = "plain",
    warp: float = 1.5,
) -> Callable[[Draw], Draw]:
    """Register a drawing function."""

    def wrap(draw: Draw) -> Draw:
        KINDS[key] = Kind(
            key, en, it, cm, slot, finish, tuple(tones.split()), tuple(patterns.split()), warp, draw
        )
        return draw

    return wrap

"""Which size fits somebody, as arithmetic on words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from storefront.catalog.policy import LETTERS, size_key

LONGEST = 20


class Worn(StrEnum):
    """Where on the body sizes are kept for, as `categories.slot_of` says it; bags and scarves come in one."""

    TOP = "top"
    OUTER = "outer"
    FULL = "full"
    BOTTOM = "bottom"
    SHOES = "shoes"


def is_size(words: str) -> bool:
    """Whether an option is a size: letters as on labels, or something with a number."""
    return 0 < len(words.strip()) <= LONGEST and size_key(words)[0] < 2


def fitting(kept: Mapping[str, str], slot: str, sizes: Iterable[str]) -> str | None:
    """Of the sizes a piece comes in the one to begin with; None where nothing is known.

    `kept`: a size for each place, the latest choice last. What was taken in this place counts first. Letters
    go from one place to another, because an M is an M all the way down; a number does not: 38 is a shoe, and
    another thing in trousers.
    """
    there = {_plain(size): size for size in sizes}
    own = there.get(_plain(kept.get(slot, "")))
    if own is not None or slot not in set(Worn) - {Worn.SHOES}:
        return own
    letters = (_plain(size) for place, size in reversed(list(kept.items())) if place != Worn.SHOES)
    return next((there[size] for size in letters if size in LETTERS and size in there), None)


def _plain(size: str) -> str:
    return size.strip().casefold()

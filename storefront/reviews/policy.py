"""What reviews add up to, and which size they speak for: arithmetic on values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from storefront.catalog.policy import LETTERS, size_key

# Fewer voices than this say nothing about a cut, or about people like you.
FEWEST = 3
NEAR_CM, FARTHER_CM = 4, 8
CRITICAL = 3
COMMON_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL")


class Fit(StrEnum):
    """How the size that was bought turned out, beside what its wearer expected of it."""

    SMALL = "small"
    TRUE = "true"
    LARGE = "large"


class Cut(StrEnum):
    """How a piece fits beside its label, in the eyes of those who wear it."""

    SMALL = "small"
    TRUE = "true"
    LARGE = "large"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class FitScale:
    """How many wearers said what of the size they took."""

    small: int = 0
    true: int = 0
    large: int = 0

    @property
    def total(self) -> int:
        return self.small + self.true + self.large

    @property
    def cut(self) -> Cut | None:
        """None while too few have said. Runs small (large): two in five say so, far more than not."""
        if self.total < FEWEST:
            return None
        if self.small * 5 >= self.total * 2 and self.small > 2 * self.large:
            return Cut.SMALL
        if self.large * 5 >= self.total * 2 and self.large > 2 * self.small:
            return Cut.LARGE
        return Cut.TRUE if self.true * 2 >= self.total else Cut.MIXED


@dataclass(frozen=True, slots=True)
class Stars:
    """How many gave how many stars."""

    counts: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def tenths(self) -> int:
        """The average in tenths of a star, rounded half up; 0 without any."""
        total = self.total
        return (
            (20 * sum(stars * number for stars, number in self.counts.items()) + total) // (2 * total)
            if total
            else 0
        )


@dataclass(frozen=True, slots=True)
class Wearer:
    """What one person told of themselves and of the size they took. `took` is never empty."""

    took: str
    fit: Fit
    usual: str = ""
    height_cm: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What people like you took, and how many said what of it."""

    size: str
    scale: FitScale


@dataclass(frozen=True, slots=True)
class Advice:
    """What people like you would take. `near_cm`: how near in height they are; None: not compared."""

    size: str
    voices: int
    near_cm: int | None
    taken: tuple[Taken, ...]

    @property
    def asked(self) -> int:
        """How many there were to ask."""
        return sum(taken.scale.total for taken in self.taken)

    @property
    def agreed(self) -> bool:
        """More than half of them would take it."""
        return 2 * self.voices > self.asked


def advise(
    *, usual: str, height_cm: int | None, wearers: Sequence[Wearer], sizes: Sequence[str]
) -> Advice | None:
    """Which of `sizes` (as they are sold) people of that usual size, and about that height, would take.

    Each of them has one voice: for the size they took when it fitted, for the next larger when it was small,
    for the next smaller when it was large. Who is near in height is asked first; when those are fewer than
    three the circle widens, at last to everybody of that usual size. None while fewer than three are found.
    A tie goes to the size that fitted more people as it was, then to the larger one.
    """
    ladder = sorted(dict.fromkeys(sizes), key=size_key)
    alike = [one for one in wearers if same_size(one.usual, usual) and one.took in ladder]
    near_cm, asked = _near(alike, height_cm)
    if len(asked) < FEWEST:
        return None
    voices = Counter(_would_take(one, ladder) for one in asked)
    fitted = Counter(one.took for one in asked if one.fit == Fit.TRUE)
    best = max(ladder, key=lambda size: (voices[size], fitted[size], ladder.index(size)))
    taken = [
        Taken(size, scale_of(one.fit for one in asked if one.took == size))
        for size in ladder
        if any(one.took == size for one in asked)
    ]
    return Advice(best, voices[best], near_cm, tuple(taken))


def scale_of(fits: Iterable[Fit]) -> FitScale:
    """Count what was said."""
    said = Counter(fits)
    return FitScale(said[Fit.SMALL], said[Fit.TRUE], said[Fit.LARGE])


def same_size(one: str, other: str) -> bool:
    """Whether two people wear the same size, however they write it."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def usual_sizes(sizes: Sequence[str]) -> list[str]:
    """What somebody may usually wear, for a product of these sizes: all letters, or its own numbers."""
    ladder = sorted(dict.fromkeys(size for size in sizes if size), key=size_key)
    lettered = bool(ladder) and all(size.strip().lower() in LETTERS for size in ladder)
    return list(COMMON_LETTERS) if lettered else ladder


def signature(name: str) -> str:
    """What readers see of a name: "Anna M."; what was typed as one word stays one word."""
    first, *others = name.split() or [""]
    return f"{first} {others[-1][0].upper()}." if others else first


def voices_of(newest: Sequence[int], stars: Mapping[int, int], most: int) -> list[int]:
    """Which reviews (by id, newest first) stand on the product's page: the newest, one critical among them.

    `stars` by review. When those are all content, the newest critical one takes the last place.
    """
    shown = list(newest[:most])
    critical = [review for review in newest if stars[review] <= CRITICAL]
    if critical and len(shown) == most and not set(critical) & set(shown):
        shown[-1] = critical[0]
    return shown


def _near(alike: Sequence[Wearer], height_cm: int | None) -> tuple[int | None, Sequence[Wearer]]:
    if height_cm is None:
        return None, alike
    for within in (NEAR_CM, FARTHER_CM):
        near = [
            one for one in alike if one.height_cm is not None and abs(one.height_cm - height_cm) <= within
        ]
        if len(near) >= FEWEST:
            return within, near
    return None, alike


def _would_take(one: Wearer, ladder: Sequence[str]) -> str:
    step = {Fit.SMALL: 1, Fit.TRUE: 0, Fit.LARGE: -1}[one.fit]
    return ladder[max(0, min(ladder.index(one.took) + step, len(ladder) - 1))]

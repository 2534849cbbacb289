"""What a collection is made by: the vocabulary of its rules, as values that are right or never made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# More rules than that nobody reads, more pieces nobody puts in order.
MOST_RULES = 12
MOST_PIECES = 500
LONGEST_WORDS = 255
DEAREST = 100_000_000
MOST_DAYS = 3650
MOST_LEFT = 100_000


class Kind(StrEnum):
    """hand: staff chose the pieces and their order. rule: whatever fits its rules at the moment."""

    HAND = "hand"
    RULE = "rule"


class Matches(StrEnum):
    """Whether a piece has to fit all of the rules, or any one of them."""

    ALL = "all"
    ANY = "any"


class Order(StrEnum):
    """How a collection is sorted when its reader did not say. `hand` is for hand-picked ones."""

    HAND = "hand"
    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"
    WORN = "worn"


class Field(StrEnum):
    """What a rule looks at."""

    TAG = "tag"
    CATEGORY = "category"
    TYPE = "type"
    VENDOR = "vendor"
    PRICE_FROM = "price_from"
    PRICE_TO = "price_to"
    IN_STOCK = "in_stock"
    LEFT_AT_MOST = "left_at_most"
    NEWER_THAN = "newer_than"
    ON_SALE = "on_sale"


BY_WORDS = frozenset({Field.TAG, Field.CATEGORY, Field.TYPE, Field.VENDOR})
# Least and most of the fields that are compared with a number: minor units, pieces, days.
BY_NUMBER: dict[Field, tuple[int, int]] = {
    Field.PRICE_FROM: (0, DEAREST),
    Field.PRICE_TO: (0, DEAREST),
    Field.LEFT_AT_MOST: (1, MOST_LEFT),
    Field.NEWER_THAN: (1, MOST_DAYS),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Prices are minor units with tax; the others are pieces left and days since publication.

    Raises `ValueError` when its field wants words and has none, or a number outside of its bounds; what a
    field does not want has to be left out.
    """

    field: Field
    words: str | None = None
    number: int | None = None

    def __post_init__(self) -> None:
        wants_words, bounds = self.field in BY_WORDS, BY_NUMBER.get(self.field)
        if wants_words != bool(self.words) or len(self.words or "") > LONGEST_WORDS:
            raise ValueError(f"{self.field} and these words do not go together")
        if (bounds is None) != (self.number is None):
            raise ValueError(f"{self.field} and this number do not go together")
        if bounds is not None and self.number is not None and not bounds[0] <= self.number <= bounds[1]:
            raise ValueError(f"{self.field} is a number from {bounds[0]} to {bounds[1]}")


def in_order(now: list[int], wanted: list[int]) -> list[int]:
    """The pieces of `now` as somebody put them, who may have looked at an older list.

    What they did not see stays behind what they did; what is gone meanwhile does not come back.
    """
    known = set(now)
    seen = list(dict.fromkeys(one for one in wanted if one in known))
    return seen + [one for one in now if one not in set(seen)]


def moved(now: list[int], one: int, *, earlier: bool) -> list[int]:
    """The same list with one piece a place earlier or later; at the ends nothing happens."""
    place = now.index(one)
    other = place + (-1 if earlier else 1)
    after = list(now)
    if 0 <= other < len(now):
        after[place], after[other] = after[other], after[place]
    return after

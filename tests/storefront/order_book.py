"""An independent book of what orders should come to: integers and fractions, none of the shop's code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def commission(paid: int) -> int:
    """12 % of the price without 22 % tax: the net half up to the cent, the commission down to the cent."""
    return floor(Fraction(half_up(Fraction(paid * 100, 122)) * 12, 100))


@dataclass
class Group:
    """Pieces of a line that are one variant, what they cost, and what was given back of them."""

    variant: int
    pieces: int
    worth: int
    back: int = 0
    given: int = 0
    cheaper: int = 0  # what its exchange took off it
    returned: int = 0  # for whose pieces the money is back

    @property
    def left(self) -> int:
        return self.pieces - self.back

    def price(self, quantity: int) -> int:
        """What so many more of them give back: each its share of the whole, the last what is left."""
        rest = self.worth - self.given
        if self.back + quantity == self.pieces:
            return rest
        after = half_up(Fraction(self.worth * (self.left - quantity), self.pieces))
        return min(half_up(Fraction(self.worth * self.left, self.pieces)) - after, rest)

    def give(self, quantity: int) -> int:
        amount = self.price(quantity)
        self.back, self.given = self.back + quantity, self.given + amount
        return amount

    def carve(self, quantity: int, variant: int) -> Group:
        """So many of them go their own way, with what they are worth."""
        worth = self.price(quantity)
        self.pieces, self.worth = self.pieces - quantity, self.worth - worth
        return Group(variant, quantity, worth)


@dataclass
class Line:
    """One line: what was sold (0), what came by each exchange (its id), and what Stripe gave back of it."""

    paid: int
    gross: int
    groups: dict[int, Group]
    taken: int = 0
    besides: int = 0
    over: bool = False

    def note(self, what: str, key: int, pieces: int, minor: int) -> None:
        """What Stripe gave back: pieces, all, a cheaper exchange, or a sum of the house or off the sale."""
        self.taken += minor
        self.over = self.over or what == "all"
        self.besides += minor if what == "sale" else 0
        self.groups[key].returned += pieces if what == "pieces" else 0
        self.groups[key].cheaper += minor if what == "cheaper" else 0

    @property
    def earned_on(self) -> int:
        """Its price by the pieces that remain, less what was taken off besides; the shop's own gifts count
        for nothing."""
        groups = self.groups.values()
        pieces, gone = sum(one.pieces for one in groups), sum(one.returned for one in groups)
        off = sum(
            half_up(Fraction(one.cheaper * (one.pieces - one.returned), one.pieces))
            for one in groups
            if one.pieces
        )
        left = half_up(Fraction(self.paid * (pieces - gone), pieces)) - self.besides - off
        return 0 if self.over else max(0, left)


@dataclass
class Book:
    """One order: what came in, what went out, and by which payment."""

    credited: bool
    shipping: int
    lines: dict[int, Line] = field(default_factory=dict)
    captured: int = 0
    refunded: int = 0
    shipping_back: int = 0
    sold: bool = False
    lost: bool = False
    extra_paid: Counter[int] = field(default_factory=Counter)
    extra_back: Counter[int] = field(default_factory=Counter)

    @property
    def rest(self) -> int:
        return self.captured - self.refunded

    def earned(self, line_id: int) -> int:
        """What the editor has of a line: on what the shopper still pays, nothing of what the bank took."""
        return 0 if self.lost or not self.credited else commission(self.lines[line_id].earned_on)


@dataclass
class Shelf:
    """What lies in the warehouse by variant, what is promised, and what came and went."""

    received: Counter[int] = field(default_factory=Counter)
    sold: Counter[int] = field(default_factory=Counter)
    returned: Counter[int] = field(default_factory=Counter)
    promised: Counter[int] = field(default_factory=Counter)

    def lies(self, variant: int) -> int:
        return self.received[variant] - self.sold[variant] + self.returned[variant]

    def free(self, variant: int) -> int:
        return self.lies(variant) - self.promised[variant]

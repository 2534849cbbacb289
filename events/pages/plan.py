"""A drawing of the streets around a store: our own, made up from its address, and the same each time.

It is no map, and its page says so: it has the feel of the quarter and the door in the middle. Nothing is
asked of anybody else for it.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from storefront.places.models import Place

WIDTH, HEIGHT = 640, 400
# How far the streets are drawn from the door, so that no turn of them shows an end.
REACH = 440
MAIN, SIDE, LANE = 30, 16, 7  # widths of streets
TURN = 16  # degrees, at most, either way
LETTERS = 22
# The number of a house, before or behind the name of its street.
NUMBER = re.compile(r"^\d+\s+|[\s,]+\d+\s*/?\s*\w?$")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the template draws, around the middle of the street at 0, 0: paths in units of the drawing, the
    turn of all of them, and where the door is after it."""

    turn: float
    blocks: str
    house: str
    yards: str
    avenue: str
    street: str
    street_x: int
    door: tuple[float, float]


def plan_of(place: Place) -> Plan:
    """The drawing of a place."""
    chance = _Chance(f"{place.street}|{place.postcode}|{place.city}|{place.latitude}|{place.longitude}")
    blocks, yards, house = [], [], ""
    for top, bottom in _between(_streets(chance, "v", 0, MAIN, 84, 66)):
        facing = bottom == -(MAIN // 2)
        # No side street comes out where the door is.
        start = _side(chance, top) * round(48 + 22 * chance.of(f"s{top}")) if facing else 0
        start = start or round(chance.of(f"s{top}") * 70 - 35)
        for left, right in _between(_streets(chance, f"u{top}", start, SIDE, 104, 92)):
            if facing and left < 0 < right:
                house = _rectangle(left, top, right, bottom)
                continue
            for one in _split(chance, left, top, right, bottom):
                blocks.append(_rectangle(*one))
                if (yard := _yard(chance, *one)) is not None:
                    yards.append(yard)
    turn = round((chance.of("turn") * 2 - 1) * TURN, 1)
    across, lean = _side(chance, "avenue") * round(190 + 70 * chance.of("cut")), _side(chance, "lean") * 190
    return Plan(
        turn=turn,
        blocks="".join(blocks),
        house=house,
        yards="".join(yards),
        avenue=f"M{across - lean} {-REACH}L{across + lean} {REACH}",
        street=NUMBER.sub("", place.street)[:LETTERS],
        street_x=-_side(chance, "avenue") * 150,
        door=(
            round(MAIN / 2 * math.sin(math.radians(turn)), 1),
            round(-MAIN / 2 * math.cos(math.radians(turn)), 1),
        ),
    )


class _Chance:
    """Numbers from 0 to 1 that follow from a text alone: every run and every machine draws the same."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, name: str) -> float:
        digest = hashlib.sha256(f"{self._text}#{name}".encode()).digest()
        return int.from_bytes(digest[:4]) / 2**32


def _side(chance: _Chance, name: object) -> int:
    return -1 if chance.of(f"side {name}") < 0.5 else 1


def _streets(
    chance: _Chance, name: str, start: int, width: int, least: int, more: int
) -> list[tuple[int, int]]:
    """Streets side by side as (middle, width), the first at its place, then outwards both ways."""
    found = [(start, width)]
    for way in (-1, 1):
        at, number = start, 0
        while abs(at) < REACH:
            number += 1
            at += way * round(least + more * chance.of(f"{name}{way}{number}"))
            found.append((at, SIDE if chance.of(f"w{name}{way}{number}") < 0.7 else LANE * 3))
    return sorted(found)


def _between(streets: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """From the edge of each street to the edge of the next."""
    for (at, width), (after, wide) in pairwise(streets):
        yield at + width // 2, after - wide // 2


def _split(
    chance: _Chance, left: int, top: int, right: int, bottom: int
) -> Iterator[tuple[int, int, int, int]]:
    """A block whole, or with a lane through it."""
    middle = left + round((right - left) * (0.35 + 0.3 * chance.of(f"m{left},{top}")))
    if right - left > 96 and chance.of(f"l{left},{top}") < 0.45:
        yield left, top, middle - LANE // 2, bottom
        yield middle + LANE // 2 + 1, top, right, bottom
    else:
        yield left, top, right, bottom


def _yard(chance: _Chance, left: int, top: int, right: int, bottom: int) -> str | None:
    """The courtyard of a block that is large enough and has one."""
    deep = 18 + round(10 * chance.of(f"d{left},{top}"))
    wide, high = right - left - 2 * deep, bottom - top - 2 * deep
    if wide < 14 or high < 12 or chance.of(f"y{left},{top}") < 0.35:
        return None
    return _rectangle(left + deep, top + deep, right - deep, bottom - deep)


def _rectangle(left: int, top: int, right: int, bottom: int) -> str:
    return f"M{left} {top}H{right}V{bottom}H{left}z"

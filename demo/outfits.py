"""What a piece is worn with: two or three others of the shop whose colours get on with its own."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from functools import cache

from demo.catalogue import CATALOGUE, Drawn, Product
from demo.garments import PALETTES, ground
from demo.garments.palettes import lab

#: What each slot is shown with. Small things lie among small things, or
#: they would drown beside a coat.
PARTNERS = {
    "top": ("bottom", "shoes"),
    "bottom": ("top", "shoes", "bag"),
    "outer": ("top", "bottom", "shoes"),
    "full": ("shoes", "bag"),
    "shoes": ("top", "bottom"),
    "bag": ("full", "shoes"),
    "extra": ("outer", "bottom"),
}
PARTNERS_OF = dict.fromkeys(("belt", "hat", "sunglasses", "earrings", "necklace", "watch"), ("bag", "shoes"))
#: What is too much of its own for company that was not chosen by hand.
SOLISTS = {"evening-dress", "hoodie", "beanie"}
#: Cloth whose pattern is seen from across the street: one of it is enough.
LOUD = {"breton", "gingham", "check", "tartan", "dot", "floral-small", "floral-large", "pinstripe"}
#: What is worn when it is cold, and what is not.
COLD = {
    "coat",
    "trench",
    "puffer",
    "biker",
    "blazer",
    "waistcoat",
    "cardigan",
    "jumper",
    "scarf",
    "ankle-boots",
}
WARM = {"sandals", "shorts", "summer-dress"}
#: What is too relaxed, and what too dressed up to be seen with it.
RELAXED = {"trainers", "hoodie", "shorts", "beanie"}
DRESSED = {"heels", "evening-dress", "slip-dress"}
FOR_THE_DAY = {"loafers", "ankle-boots", "sandals", "tote"}
#: Below this chroma a colour goes with everything.
QUIET = 0.045
#: From how many of the best a partner is drawn, so that not everything is worn with the same three.
CHOICE = 9


def worn_with(product: Product) -> tuple[Product, ...]:
    """Its company in the picture, the same every time."""
    unfit = SOLISTS | (RELAXED | FOR_THE_DAY if product.drawn.kind == "evening-dress" else set())
    chosen: list[Product] = []
    for slot in PARTNERS_OF.get(product.drawn.kind) or PARTNERS[product.slot]:
        offered = [one for one in CATALOGUE if one.slot == slot and one.drawn.kind not in unfit]
        offered.sort(key=lambda one: (_discord(one, (product, *chosen)), _lot(product, one)))
        chosen.append(min(offered[:CHOICE], key=lambda one: _lot(product, one)))
    return tuple(chosen)


def _discord(one: Product, others: Iterable[Product]) -> float:
    """How badly a piece sits beside others: two loud hues, two loud patterns, two different occasions."""
    return sum(_between(one, other) for other in others)


def _between(one: Product, other: Product) -> float:
    discord = _clash(one.drawn, other.drawn)
    if one.drawn.pattern in LOUD and other.drawn.pattern in LOUD:
        discord += 0.3
    if not set(one.occasions) & set(other.occasions):
        discord += 0.06
    kinds = {one.drawn.kind, other.drawn.kind}
    if kinds & RELAXED and kinds & DRESSED:
        discord += 0.15
    if (kinds & COLD and kinds & WARM) or {"winter", "summer"} <= {*one.occasions, *other.occasions}:
        discord += 0.12
    return discord


def _clash(one: Drawn, other: Drawn) -> float:
    """0 for what goes together: a quiet colour with any, or two of one palette. Up to about 0.3."""
    (light, chroma, hue), (light_2, chroma_2, hue_2) = _colour(one), _colour(other)
    same = 0.03 if abs(light - light_2) < 0.06 and one.palette != other.palette else 0.0
    loud = min(chroma, chroma_2)
    if loud < QUIET or one.palette == other.palette:
        return same
    return same + loud * (1 - math.cos(hue - hue_2)) + 0.03


@cache
def _colour(drawn: Drawn) -> tuple[float, float, float]:
    """Lightness, chroma and hue of its ground; denim counts as quiet, as it does on the street."""
    light, a, b = lab(ground(PALETTES[drawn.palette], drawn.tone))
    chroma = 0.0 if drawn.pattern == "denim" else math.hypot(a, b)
    return light, chroma, math.atan2(b, a)


def _lot(product: Product, one: Product) -> int:
    return zlib.crc32(f"{product.handle}+{one.handle}".encode())

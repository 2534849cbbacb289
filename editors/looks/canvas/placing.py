"""Placing one thing after another on a canvas: where it covers least, or in cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editors.looks.canvas.measures import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    UNITS_PER_CM,
    Piece,
    Placement,
    Rect,
    shared_area,
)

MARGIN = 34
BODY_SLOTS = ("outer", "top", "full", "bottom")
#: Nothing is drawn smaller or larger than this beside its true proportion.
SMALLEST, LARGEST = 0.3, 6.0
#: From so many things on, places are looked for on a coarser grid: nobody sees the difference.
CROWD = 12


@dataclass(frozen=True)
class Laid:
    """A piece while it is being placed: the middle, the scale, the turn in degrees."""

    index: int
    piece: Piece
    x: float
    y: float
    scale: float
    turn: float = 0.0

    def rect(self, shrink: float = 1.0) -> Rect:
        """The upright box around the turned piece."""
        w, h = self.piece.width * self.scale * shrink, self.piece.height * self.scale * shrink
        a = math.radians(abs(self.turn))
        wide, tall = w * math.cos(a) + h * math.sin(a), h * math.cos(a) + w * math.sin(a)
        return self.x - wide / 2, self.y - tall / 2, wide, tall


def turn_to_choose(numbered: tuple[int, Piece]) -> tuple[int, float, int]:
    """Shoes choose first, then bags, then the larger of the extras."""
    index, piece = numbered
    return {"shoes": 0, "bag": 1}.get(piece.slot, 2), -piece.width * piece.height, index


def _boost(piece: Piece) -> float:
    """How much larger than life a small thing is drawn, so that it can be seen."""
    longest = max(piece.width, piece.height) / UNITS_PER_CM
    if piece.slot == "shoes":
        return min(1.5, max(1.2, 42 / longest))
    if piece.slot == "bag":
        return min(1.3, max(0.8, 42 / longest))
    if longest > 60:
        return 0.72  # a scarf, laid down folded
    return min(2.8, max(1.0, 24 / longest))


def _candidates(wide: float, tall: float, step: float) -> Iterator[tuple[float, float]]:
    """Middles of a box of this size on a grid within the margins."""
    low_x, high_x = MARGIN * 0.7 + wide / 2, CANVAS_WIDTH - MARGIN * 0.7 - wide / 2
    low_y, high_y = MARGIN * 0.7 + tall / 2, CANVAS_HEIGHT - MARGIN * 0.7 - tall / 2
    for row in range(max(1, int((high_y - low_y) / step) + 1)):
        for column in range(max(1, int((high_x - low_x) / step) + 1)):
            yield low_x + column * step, low_y + row * step


def freest_place(index: int, piece: Piece, lying: list[Laid]) -> Laid:
    """Where a small thing covers least, as near as may be to where it belongs."""
    # Small things shrink with the clothes, but less, or they would drown beside a long coat.
    clothes = [item.scale for item in lying if item.piece.slot in BODY_SLOTS]
    scale = _boost(piece) * (0.42 + 0.65 * min(clothes, default=0.8))
    extras = sum(item.piece.slot not in (*BODY_SLOTS, "shoes", "bag") for item in lying)
    turn = {"shoes": 0.0, "bag": -4.0}.get(piece.slot, 6.0 if extras % 2 else -6.0)
    want_y = {"shoes": 0.93, "bag": 0.66}.get(piece.slot, 0.16 + 0.17 * (extras % 4))
    return freest(Laid(index, piece, 0, 0, scale, turn), lying, want_y)


def freest(first: Laid, lying: list[Laid], want_y: float) -> Laid:
    """The thing where it covers least, no larger than the canvas, near this share of its height."""
    piece = first.piece
    _, _, wide, tall = first.rect()
    shrink = min(1.0, (CANVAS_WIDTH - 2 * MARGIN) / wide, (CANVAS_HEIGHT - 2 * MARGIN) / tall)
    first = replace(first, scale=first.scale * shrink)
    _, _, wide, tall = first.rect()
    taken = [(item.rect(0.92), 3.0 if item.piece.slot in BODY_SLOTS else 9.0) for item in lying]

    def cost(x: float, y: float) -> float:
        mine = (x - wide / 2, y - tall / 2, wide, tall)
        covered = sum(weight * shared_area(mine, rect) for rect, weight in taken) / (wide * tall)
        # Air around a thing is worth having, but less than not covering anything.
        air = (mine[0] - 12, mine[1] - 12, wide + 24, tall + 24)
        near = sum(shared_area(air, rect) for rect, _ in taken) / (wide * tall)
        edge = -0.05 * abs(x - CANVAS_WIDTH / 2) / CANVAS_WIDTH
        pull = 1.6 if piece.slot == "shoes" else 0.8
        return covered + 0.35 * near + pull * abs(y / CANVAS_HEIGHT - want_y) + edge

    step = 18.0 if len(lying) < CROWD else 48.0
    x, y = min(_candidates(wide, tall, step), key=lambda at: (round(cost(*at), 6), at[1], at[0]))
    return replace(first, x=x, y=y)


def in_cells(small: list[tuple[int, Piece]]) -> list[Laid]:
    """Only small things: a staggered grid, each as large as its cell allows, larger ones larger."""
    count = len(small)
    if not count:
        return []
    columns = 1 if count == 1 else 2 if count <= 6 else 3 if count <= 15 else 5
    rows = math.ceil(count / columns)
    wide = (CANVAS_WIDTH - 2 * MARGIN) / columns
    tall = min((CANVAS_HEIGHT - 2 * MARGIN) / rows, wide * 1.25)
    longest = [max(p.width, p.height) for _, p in small]
    lying = []
    for place, (index, piece) in enumerate(small):
        row, column = divmod(place, columns)
        alone = row == rows - 1 and count % columns and columns > 1
        x = MARGIN + wide * (column + 0.5)
        if alone:
            x = CANVAS_WIDTH / 2 + (column - (count % columns - 1) / 2) * wide
        stagger = tall * 0.06 * (1 if column % 2 else -1) if columns > 1 and not alone else 0.0
        rank = max(piece.width, piece.height) / max(longest)
        share = 0.92 * (0.72 + 0.28 * rank)
        turn = 0.0 if count == 1 or piece.slot == "shoes" else (5.0 if place % 2 else -5.0)
        tilt = Laid(index, piece, x, tall * (row + 0.5) + stagger, 1.0, turn)
        _, _, w, h = tilt.rect()
        scale = min(wide * share / w, tall * share / h, LARGEST)
        lying.append(replace(tilt, scale=scale))
    return lying


def _depth(item: Laid) -> tuple[int, int]:
    """Bottoms under dresses under long coats under tops under jackets; small things on top of all."""
    slot = item.piece.slot
    if slot == "outer":
        layer = 2 if item.piece.real_height_mm > 850 else 4
    else:
        layer = {"bottom": 0, "full": 1, "top": 3, "bag": 5, "shoes": 6}.get(slot, 7)
    return layer, item.index


def union(lying: list[Laid]) -> Rect:
    """The upright box around everything."""
    rects = [item.rect() for item in lying]
    x0, y0 = min(r[0] for r in rects), min(r[1] for r in rects)
    return x0, y0, max(r[0] + r[2] for r in rects) - x0, max(r[1] + r[3] for r in rects) - y0


def centred(lying: list[Laid]) -> list[Laid]:
    """Moved as one to the middle of the canvas, and made smaller as one if it would not fit."""
    if not lying:
        return lying
    x0, y0, wide, tall = union(lying)
    fit = min(1.0, (CANVAS_WIDTH - MARGIN) / wide, (CANVAS_HEIGHT - MARGIN) / tall)
    left, top = (CANVAS_WIDTH - wide * fit) / 2, (CANVAS_HEIGHT - tall * fit) / 2
    return [
        replace(item, x=left + (item.x - x0) * fit, y=top + (item.y - y0) * fit, scale=item.scale * fit)
        for item in lying
    ]


def placements(lying: Sequence[Laid]) -> list[Placement]:
    """What is kept of things laid down, in the order of their pieces: moved to the middle, made to fit."""
    lying = centred(list(lying))
    rank = {item.index: place for place, item in enumerate(sorted(lying, key=_depth))}
    placed = {
        item.index: Placement(
            x=round(item.x * 10),
            y=round(item.y * 10),
            scale=round(item.scale * 1000),
            rotation=round(item.turn * 10),
            layer=rank[item.index],
        )
        for item in lying
    }
    return [placed[index] for index in sorted(placed)]

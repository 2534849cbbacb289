"""How the pieces of a look are laid out before anybody moves them: a decision on sizes, no pictures.

Clothes stand in columns, tops above bottoms and coats beside them, in true proportion to one another.
Shoes, bags and small things then each take the freest place near where the eye expects them, drawn
larger than life, as a stylist's flat lay does. The result fits the canvas whatever the pieces are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editors.looks.canvas import (
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
class _Lying:
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


def lay_out(pieces: Sequence[Piece]) -> list[Placement]:
    """A place for each piece, in the order given. The same pieces always lie the same way."""
    bodies = [(i, p) for i, p in enumerate(pieces) if p.slot in BODY_SLOTS]
    small = [(i, p) for i, p in enumerate(pieces) if p.slot not in BODY_SLOTS]
    if not bodies:
        lying = _in_cells(small)
    else:
        lying = _columns(bodies, crowd=len(small))
        for index, piece in sorted(small, key=_turn_to_choose):
            lying.append(_freest_place(index, piece, lying))
    lying = _centred(lying)
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
    return [placed[i] for i in range(len(pieces))]


def lay_beside(piece: Piece, lying: Sequence[tuple[Piece, Placement]], layer: int) -> Placement:
    """A place for one more piece where nothing else may move: in proportion to the rest, covering least."""
    there = [
        _Lying(at, one, place.x / 10, place.y / 10, place.scale / 1000, place.rotation / 10)
        for at, (one, place) in enumerate(lying)
    ]
    if piece.slot in BODY_SLOTS:
        clothes = [item.scale for item in there if item.piece.slot in BODY_SLOTS]
        scale = min(clothes, default=min(0.8, 0.6 * CANVAS_HEIGHT / piece.height))
        found = _freest(
            _Lying(len(there), piece, 0, 0, scale), there, 0.62 if piece.slot == "bottom" else 0.38
        )
    else:
        found = _freest_place(len(there), piece, there)
    return Placement(
        round(found.x * 10), round(found.y * 10), round(found.scale * 1000), round(found.turn * 10), layer
    )


def bounds(piece: Piece, placement: Placement) -> Rect:
    """The upright box a placed piece takes on the canvas: left, top, width, height in canvas units."""
    return _Lying(
        0, piece, placement.x / 10, placement.y / 10, placement.scale / 1000, placement.rotation / 10
    ).rect()


# -- clothes, in columns ----------------------------------------------------------------------


def _stacks(bodies: list[tuple[int, Piece]]) -> list[list[tuple[int, Piece]]]:
    """Columns from left to right: what hangs beside, then what is worn, a top with its bottom."""
    of = {slot: [b for b in bodies if b[1].slot == slot] for slot in BODY_SLOTS}
    tops, bottoms = of["top"], of["bottom"]
    worn = [[full] for full in of["full"]]
    for place, bottom in enumerate(bottoms):
        worn.append([*tops[place : place + 1], bottom])
    beside = [[outer] for outer in of["outer"]]
    spare = tops[len(bottoms) :]
    if not worn:  # only things for the upper body: a collage, two to a column
        upper = [*spare, *of["outer"]]
        if len(upper) <= 2:
            return [[one] for one in upper]
        half = math.ceil(len(upper) / 2)
        return [[a, *upper[half + i : half + i + 1]] for i, a in enumerate(upper[:half])]
    beside += [spare[i : i + 2] for i in range(0, len(spare), 2)]
    # The longest hangs in the first column, where there is room below it for shoes.
    return [*beside[:1], *worn, *beside[1:]]


def _overlap(above: Piece, below: Piece) -> float:
    """How far a piece covers the one under it: a hem covers a waist, a shirt a little of a collar."""
    return above.height * (0.13 if below.slot == "bottom" else 0.1)


def _columns(bodies: list[tuple[int, Piece]], crowd: int) -> list[_Lying]:
    """Clothes in true proportion, as large as the canvas and the crowd of small things allow."""
    stacks = _stacks(bodies)
    only_upper = all(p.slot in ("top", "outer") for _, p in bodies)
    lying: list[_Lying] = []
    left = 0.0
    for place, stack in enumerate(stacks):
        wide = max(p.width for _, p in stack)
        if place:
            left -= min(wide, max(p.width for _, p in stacks[place - 1])) * (0.42 if only_upper else 0.22)
        # Neighbours never start on one line: the eye reads a row of them as a shop rail.
        top = 0.0 if place % 2 == 0 else 26.0
        if only_upper and len(bodies) == 2 and place:
            top = stacks[0][0][1].height * 0.36
        lean = 1 if place % 2 else -1
        for level, (index, piece) in enumerate(stack):
            turn = lean * {"bottom": -0.8, "full": 1.5, "top": 2.2, "outer": 2.6}[piece.slot]
            if only_upper and len(bodies) > 1:
                turn = (lean if level == 0 else -lean) * 3.0
            sway = wide * 0.07 * lean if level and not only_upper else wide * 0.05 * level * -lean
            lying.append(_Lying(index, piece, left + wide / 2 + sway, top + piece.height / 2, 1.0, turn))
            if level + 1 < len(stack):
                top += piece.height - _overlap(piece, stack[level + 1][1])
        left += wide
    room_x = float(CANVAS_WIDTH - 2 * MARGIN)
    room_y = float(CANVAS_HEIGHT - 2 * MARGIN)
    if crowd:
        tall_of = [sum(p.height for _, p in stack) for stack in stacks]
        # One column leaves its neighbour free; of several, a short one leaves the place below its hem.
        room_x *= {1: 0.62, 2: 0.97}.get(len(stacks), 1.0)
        if len(stacks) > 1 and min(tall_of) > 0.74 * max(tall_of):
            room_y *= 0.8 if crowd < 4 else 0.72
    x0, y0, wide, tall = _union(lying)
    scale = min(room_x / wide, room_y / tall, 1.5 if not crowd else 1.2)
    at_left = MARGIN if crowd and len(stacks) == 1 else (CANVAS_WIDTH - wide * scale) / 2
    return [
        replace(
            item,
            x=at_left + (item.x - x0) * scale,
            y=MARGIN + (item.y - y0) * scale,
            scale=max(SMALLEST, scale),
        )
        for item in lying
    ]


# -- small things ------------------------------------------------------------------------------


def _turn_to_choose(numbered: tuple[int, Piece]) -> tuple[int, float, int]:
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


def _freest_place(index: int, piece: Piece, lying: list[_Lying]) -> _Lying:
    """Where a small thing covers least, as near as may be to where it belongs."""
    # Small things shrink with the clothes, but less, or they would drown beside a long coat.
    clothes = [item.scale for item in lying if item.piece.slot in BODY_SLOTS]
    scale = _boost(piece) * (0.42 + 0.65 * min(clothes, default=0.8))
    extras = sum(item.piece.slot not in (*BODY_SLOTS, "shoes", "bag") for item in lying)
    turn = {"shoes": 0.0, "bag": -4.0}.get(piece.slot, 6.0 if extras % 2 else -6.0)
    want_y = {"shoes": 0.93, "bag": 0.66}.get(piece.slot, 0.16 + 0.17 * (extras % 4))
    return _freest(_Lying(index, piece, 0, 0, scale, turn), lying, want_y)


def _freest(first: _Lying, lying: list[_Lying], want_y: float) -> _Lying:
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


def _in_cells(small: list[tuple[int, Piece]]) -> list[_Lying]:
    """Only small things: a staggered grid, each as large as its cell allows, larger ones larger."""
    count = len(small)
    if not count:
        return []
    columns = 1 if count == 1 else 2 if count <= 6 else 3
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
        tilt = _Lying(index, piece, x, tall * (row + 0.5) + stagger, 1.0, turn)
        _, _, w, h = tilt.rect()
        scale = min(wide * share / w, tall * share / h, LARGEST)
        lying.append(replace(tilt, scale=scale))
    return lying


# -- the whole ---------------------------------------------------------------------------------


def _depth(item: _Lying) -> tuple[int, int]:
    """Bottoms under dresses under long coats under tops under jackets; small things on top of all."""
    slot = item.piece.slot
    if slot == "outer":
        layer = 2 if item.piece.real_height_mm > 850 else 4
    else:
        layer = {"bottom": 0, "full": 1, "top": 3, "bag": 5, "shoes": 6}.get(slot, 7)
    return layer, item.index


def _union(lying: list[_Lying]) -> Rect:
    """The upright box around everything."""
    rects = [item.rect() for item in lying]
    x0, y0 = min(r[0] for r in rects), min(r[1] for r in rects)
    return x0, y0, max(r[0] + r[2] for r in rects) - x0, max(r[1] + r[3] for r in rects) - y0


def _centred(lying: list[_Lying]) -> list[_Lying]:
    """Moved as one to the middle of the canvas, and made smaller as one if it would not fit."""
    if not lying:
        return lying
    x0, y0, wide, tall = _union(lying)
    fit = min(1.0, (CANVAS_WIDTH - MARGIN) / wide, (CANVAS_HEIGHT - MARGIN) / tall)
    left, top = (CANVAS_WIDTH - wide * fit) / 2, (CANVAS_HEIGHT - tall * fit) / 2
    return [
        replace(item, x=left + (item.x - x0) * fit, y=top + (item.y - y0) * fit, scale=item.scale * fit)
        for item in lying
    ]

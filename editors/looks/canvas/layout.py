"""How the pieces of a look are laid out before anybody moves them: a decision on sizes, no pictures.

Clothes stand in columns, tops above bottoms and coats beside them, in true proportion to one another.
Shoes, bags and small things then each take the freest place near where the eye expects them, drawn
larger than life, as a stylist's flat lay does. The result fits the canvas whatever the pieces are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH, Piece, Placement, Rect
from editors.looks.canvas.placing import (
    BODY_SLOTS,
    MARGIN,
    SMALLEST,
    Laid,
    freest,
    freest_place,
    in_cells,
    placements,
    turn_to_choose,
    union,
)


def lay_out(pieces: Sequence[Piece]) -> list[Placement]:
    """A place for each piece, in the order given. The same pieces always lie the same way."""
    bodies = [(i, p) for i, p in enumerate(pieces) if p.slot in BODY_SLOTS]
    small = [(i, p) for i, p in enumerate(pieces) if p.slot not in BODY_SLOTS]
    if not bodies:
        lying = in_cells(small)
    else:
        lying = _columns(bodies, crowd=len(small))
        for index, piece in sorted(small, key=turn_to_choose):
            lying.append(freest_place(index, piece, lying))
    return placements(lying)


def lay_beside(piece: Piece, lying: Sequence[tuple[Piece, Placement]], layer: int) -> Placement:
    """A place for one more piece where nothing else may move: in proportion to the rest, covering least."""
    there = [
        Laid(at, one, place.x / 10, place.y / 10, place.scale / 1000, place.rotation / 10)
        for at, (one, place) in enumerate(lying)
    ]
    if piece.slot in BODY_SLOTS:
        clothes = [item.scale for item in there if item.piece.slot in BODY_SLOTS]
        scale = min(clothes, default=min(0.8, 0.6 * CANVAS_HEIGHT / piece.height))
        found = freest(Laid(len(there), piece, 0, 0, scale), there, 0.62 if piece.slot == "bottom" else 0.38)
    else:
        found = freest_place(len(there), piece, there)
    return Placement(
        round(found.x * 10), round(found.y * 10), round(found.scale * 1000), round(found.turn * 10), layer
    )


def bounds(piece: Piece, placement: Placement) -> Rect:
    """The upright box a placed piece takes on the canvas: left, top, width, height in canvas units."""
    return Laid(
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


def _columns(bodies: list[tuple[int, Piece]], crowd: int) -> list[Laid]:
    """Clothes in true proportion, as large as the canvas and the crowd of small things allow."""
    stacks = _stacks(bodies)
    only_upper = all(p.slot in ("top", "outer") for _, p in bodies)
    lying: list[Laid] = []
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
            lying.append(Laid(index, piece, left + wide / 2 + sway, top + piece.height / 2, 1.0, turn))
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
    x0, y0, wide, tall = union(lying)
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

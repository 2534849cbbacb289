"""Layouts to choose from, and templates: a layout, a ground, and the look's title as its headline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from editors.looks.canvas.grounds import Ground
from editors.looks.canvas.layout import lay_out
from editors.looks.canvas.measures import CANVAS_HEIGHT, Piece, Placement
from editors.looks.canvas.placing import (
    BODY_SLOTS,
    MARGIN,
    Laid,
    freest,
    freest_place,
    in_cells,
    placements,
    turn_to_choose,
)
from editors.looks.canvas.scene import (
    LONGEST_CAPTION,
    MOST_CAPTIONS,
    CaptionThing,
    Face,
    Ink,
    PieceThing,
    Scene,
    Spot,
    hidden,
    one_line,
    paintable,
)

#: What share of the canvas an outfit takes from collar to hem.
OUTFIT = 0.78
TALLEST = 1.3


class Arrangement(StrEnum):
    FLAT = "flat"
    WORN = "worn"
    ROWS = "rows"
    PAGE = "page"
    LIST = "list"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Template:
    """A layout alone keeps ground and captions; with a ground it is a template, and sets the title, too."""

    words: Any
    lay: Callable[[Sequence[Piece]], list[Placement]]
    ground: Ground | None = None
    ink: Ink = Ink.INK
    headline_y: int = 0


def lay_as_worn(pieces: Sequence[Piece]) -> list[Placement]:
    """One outfit down the middle as it is worn, the jacket behind it, everything small around."""
    of: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        of.setdefault(piece.slot, []).append(index)
    column = of.get("full", [])[:1] or [*of.get("top", [])[:1], *of.get("bottom", [])[:1]]
    column = column or of.get("outer", [])[:1]
    if not column:
        return placements(in_cells(list(enumerate(pieces))))
    tall = sum(pieces[one].height for one in column) - (pieces[column[0]].height * 0.13 * (len(column) - 1))
    scale = min(OUTFIT * CANVAS_HEIGHT / tall, TALLEST)
    lying: list[Laid] = []
    top = float(MARGIN)
    for one in column:
        piece = pieces[one]
        lying.append(Laid(one, piece, 360, top + piece.height * scale / 2, scale))
        top += piece.height * scale * 0.87
    beside = [one for one in of.get("outer", []) if one not in column][:1]
    for one in beside:
        piece = pieces[one]
        lying.append(
            Laid(one, piece, 360 - piece.width * scale * 0.62, MARGIN + piece.height * scale / 2, scale, -4)
        )
    laid = {item.index for item in lying}
    for one, piece in [(at, piece) for at, piece in enumerate(pieces) if at not in laid]:
        if piece.slot in BODY_SLOTS:
            lying.append(freest(Laid(one, piece, 0, 0, scale * 0.8), lying, 0.35))
    small = [(one, piece) for one, piece in enumerate(pieces) if piece.slot not in BODY_SLOTS]
    for one, piece in sorted(small, key=turn_to_choose):
        lying.append(freest_place(one, piece, lying))
    return placements(lying)


def lay_in_rows(pieces: Sequence[Piece]) -> list[Placement]:
    """Each in a cell of its own, as things are laid out before they are packed; none covers another."""
    return placements([replace(item, turn=0.0) for item in in_cells(list(enumerate(pieces)))])


TEMPLATES: dict[Arrangement, Template] = {
    Arrangement.FLAT: Template(_l("Side by side"), lay_out),
    Arrangement.WORN: Template(_l("As worn"), lay_as_worn),
    Arrangement.ROWS: Template(_l("In rows"), lay_in_rows),
    Arrangement.PAGE: Template(_l("Magazine page"), lay_as_worn, Ground.BLUSH, Ink.INK, 640),
    Arrangement.LIST: Template(_l("Packing list"), lay_in_rows, Ground.GRID, Ink.STONE, 9160),
    Arrangement.WINDOW: Template(_l("Shop window"), lay_out, Ground.TERRAZZO, Ink.VERMILION, 9160),
}


def arranged(scene: Scene, sizes: Mapping[int, Piece], wanted: Arrangement, title: str) -> Scene:
    """A scene laid out anew: what is locked stays where it is, captions stay on top of everything."""
    template = TEMPLATES[wanted]
    locked = [one for one in scene.things if isinstance(one, PieceThing) and one.spot.locked]
    free = [one for one in scene.things if isinstance(one, PieceThing) and not one.spot.locked]
    captions = [one for one in scene.things if isinstance(one, CaptionThing)]
    places = template.lay([sizes[one.product_id] for one in free])
    laid = [
        (place.layer, PieceThing(one.product_id, Spot(place.x, place.y, place.scale, place.rotation)))
        for one, place in zip(free, places, strict=True)
    ]
    pieces = [*locked, *(one for _, one in sorted(laid, key=lambda pair: pair[0]))]
    if template.ground is None:
        return Scene(scene.ground, (*pieces, *captions))
    shown = "".join(one for one in title if one.isspace() or (not hidden(one) and paintable(one)))
    headline = one_line(shown)[:LONGEST_CAPTION].rstrip()
    captions = [one for one in captions if one.text != headline]
    if headline and len(captions) < MOST_CAPTIONS:
        size = min(1400, 26_000 // max(12, len(headline)))
        spot = Spot(3600, template.headline_y, size, 0)
        captions.append(CaptionThing(headline, Face.DISPLAY, template.ink, spot))
    return Scene(template.ground, (*pieces, *captions))

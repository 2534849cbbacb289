"""What is painted when the shop is open: each piece large, from close up, and in an outfit.

One large rendering gives both the picture for the zoom and the close-up, which is a part of it at its own
pixels and never an enlargement. Everything lands in the folder of the pictures, under the hash of what it
shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from demo.catalogue import Drawn
from demo.closeups import CLOSE_UPS, SHEET_WIDTH
from demo.garments import PALETTES, draw
from demo.garments.raster import raster
from demo.pictures import QUALITY, Picture, box_of, height_of, keep, key_of, load, ready
from editors.looks.canvas.layout import lay_out
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH, Piece
from editors.looks.painting.picture import PlacedPicture, compose

#: Pixels across of the one rendering, and of what is kept of it.
RENDERED = 1200
FRONT_WIDTHS = (320, 640, 960)
OUTFIT_WIDTHS = (320, 640, 800)
#: Raised when the same drawings would be painted differently than before.
RECIPE = "1"


@dataclass(frozen=True)
class Painted:
    """One piece, large and from close up."""

    front: Picture
    close_up: Picture


def paint(drawn: Drawn, folder: Path) -> Painted:
    """Render a piece once and keep both pictures of it; what is there already is not made again."""
    view = CLOSE_UPS[drawn.kind]
    key = key_of(drawn, RENDERED)
    near_key = _hash(f"{key}|{view}")
    near_widths = (FRONT_WIDTHS[0], view.wide * RENDERED // SHEET_WIDTH)
    if not (ready(folder, key, FRONT_WIDTHS) and ready(folder, near_key, near_widths)):
        drawing = draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone)
        whole = raster(drawing, RENDERED)
        left, top, right, bottom = (round(edge * RENDERED / SHEET_WIDTH) for edge in view.window(drawing.box))
        near = whole.crop((left, top, right, bottom))
        keep(folder, near_key, near, near_widths, box=(0, 0, *near.size), height_mm=0)
        front = whole.resize((FRONT_WIDTHS[-1], FRONT_WIDTHS[-1] * 5 // 4), Image.Resampling.LANCZOS)
        box = box_of(front)
        keep(folder, key, front, FRONT_WIDTHS, box=box, height_mm=height_of(drawing, front, box))
    return Painted(load(folder, key, FRONT_WIDTHS), load(folder, near_key, near_widths))


def arrange(pieces: Sequence[tuple[str, Picture]], folder: Path) -> Picture:
    """An outfit laid out as an editor would begin it: slot and picture of each piece."""
    lying = lay_out(
        [Piece(slot, picture.box[2], picture.box[3], picture.height_mm) for slot, picture in pieces]
    )
    key = _hash(
        str([(picture.key, placement) for (_, picture), placement in zip(pieces, lying, strict=True)])
    )
    if not ready(folder, key, OUTFIT_WIDTHS):
        wide, tall = OUTFIT_WIDTHS[-1], OUTFIT_WIDTHS[-1] * 5 // 4
        placed = [
            PlacedPicture(
                picture.key,
                picture.files[picture.width].read_bytes(),
                picture.box,
                picture.height_mm,
                placement,
            )
            for (_, picture), placement in zip(pieces, lying, strict=True)
        ]
        look = compose(placed, tall * CANVAS_WIDTH // CANVAS_HEIGHT)
        sheet = Image.new("RGBA", (wide, tall), (255, 255, 255, 0))
        sheet.paste(look, ((wide - look.width) // 2, 0))
        keep(folder, key, sheet, OUTFIT_WIDTHS, box=(0, 0, wide, tall), height_mm=0)
    return load(folder, key, OUTFIT_WIDTHS)


def _hash(text: str) -> str:
    return hashlib.sha256(f"{RECIPE}|{QUALITY}|{text}".encode()).hexdigest()[:20]

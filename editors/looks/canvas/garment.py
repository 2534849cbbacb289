"""A product as a thing that is laid down: its picture, where the garment is in it, how tall it is in life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from editors.looks.canvas.measures import UNITS_PER_CM, Piece

# For pieces nobody measured (a photograph from an import): what such a thing usually measures, in mm.
USUAL_HEIGHTS_MM = {"outer": 760, "top": 660, "full": 1080, "bottom": 1010, "shoes": 130, "bag": 300}
USUAL_EXTRA_MM = 260
UNKNOWN_WIDTH, UNKNOWN_HEIGHT = 480, 600


@dataclass(frozen=True, slots=True)
class Garment:
    """`width` and `height`: pixels of the large picture. `box`: left, top, width, height within it."""

    slot: str
    key: str | None
    width: int
    height: int
    box: tuple[int, int, int, int]
    real_height_mm: int

    def for_layout(self) -> Piece:
        return Piece(self.slot, self.box[2], self.box[3], self.real_height_mm)

    @property
    def units_per_pixel(self) -> float:
        """How many canvas units one pixel of the large picture takes in true proportion."""
        return self.real_height_mm / 10 * UNITS_PER_CM / max(1, self.box[3])

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """The whole picture around the middle of the garment in it, in canvas units: x, y, width, height."""
        left, top, width, height = self.box
        unit = self.units_per_pixel
        return (
            round(-(left + width / 2) * unit, 2),
            round(-(top + height / 2) * unit, 2),
            round(self.width * unit, 2),
            round(self.height * unit, 2),
        )

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the garment itself, in canvas units."""
        unit = self.units_per_pixel
        return round(self.box[2] * unit, 2), round(self.box[3] * unit, 2)


@dataclass(frozen=True, slots=True)
class Lying:
    """A garment where it lies in a look, and where it lies again; the numbers are those of `LookPiece`."""

    x: int
    y: int
    scale: int
    rotation: int
    layer: int
    flip: bool
    copies: list[dict[str, Any]]
    medium_key: str | None
    garment: Garment


def garment(
    slot: str,
    key: str | None,
    width: int | None,
    height: int | None,
    body_x: int | None,
    body_y: int | None,
    body_width: int | None,
    body_height: int | None,
    real_height_mm: int | None,
) -> Garment:
    """From what the catalogue knows of a picture; the whole picture where no body was measured in it."""
    wide, tall = width or UNKNOWN_WIDTH, height or UNKNOWN_HEIGHT
    box = (0, 0, wide, tall)
    if body_x is not None and body_y is not None and body_width and body_height:
        box = (body_x, body_y, body_width, body_height)
    usual = USUAL_HEIGHTS_MM.get(slot, USUAL_EXTRA_MM)
    return Garment(slot, key, wide, tall, box, real_height_mm or usual)

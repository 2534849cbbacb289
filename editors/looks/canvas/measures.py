"""The canvas of a look, and what lies on it: a piece by its size, a place by whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

#: The canvas, in its own units. Pictures of looks are 3:4.
CANVAS_WIDTH, CANVAS_HEIGHT = 720, 960
#: Units of canvas to a centimetre of cloth at scale 1: a grown person would fit between the margins.
UNITS_PER_CM = CANVAS_HEIGHT / 176

Rect = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True)
class Piece:
    """What the layout must know of a product: where it is worn and how large its picture and it are."""

    slot: str  # top, outer, bottom, full, shoes, bag, extra
    box_width: float  # the garment in its picture, in pixels
    box_height: float
    real_height_mm: int

    @property
    def height(self) -> float:
        """Height on the canvas at scale 1."""
        return max(1.0, self.real_height_mm) / 10 * UNITS_PER_CM

    @property
    def width(self) -> float:
        """Width on the canvas at scale 1."""
        return self.height * max(1.0, self.box_width) / max(1.0, self.box_height)


@dataclass(frozen=True)
class Placement:
    """Where one piece lies, in the whole numbers that are kept with a look.

    `x`, `y`: the middle of the garment in tenths of a canvas unit; `scale`: thousandths of its true
    proportion; `rotation`: tenths of a degree, clockwise; a higher `layer` lies on top.
    """

    x: int
    y: int
    scale: int
    rotation: int
    layer: int


def shared_area(a: Rect, b: Rect) -> float:
    """The area two upright boxes share."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    tall = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0

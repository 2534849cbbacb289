"""The picture of a look: its pieces on one sheet, each with a soft warm shadow, on its ground or on none."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from editors.looks.canvas.grounds import Ground
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_CM, Placement
from editors.looks.painting.pixels import caption_picture, ground_picture

#: Pixels across of the three sizes, small to large; the pictures are 3:4.
WIDTHS = (360, 720, 1080)
SHADOW = (58, 47, 40)  # a warm brown: grey shadows look like dirt on paper
QUALITY = 84
AVIF_QUALITY = 62
#: An eighth of a second for the middle width; slower speeds save three hundredths of the bytes.
AVIF_SPEED = 8
#: Most pixels a piece's picture may have; what comes in is our own, this is a second fence.
MOST_PIXELS = 16_000_000
#: Canvas units beyond the sheet from which a shadow still falls onto it: three blurs and its way down.
REACH = 36


@dataclass(frozen=True)
class PlacedPicture:
    """One piece: its largest picture, where the garment is in it, how tall it is, where it lies."""

    key: str  # of its stored file, a hash of what is in it
    data: bytes = field(repr=False)
    box: tuple[int, int, int, int]  # x, y, width, height in pixels of that picture
    real_height_mm: int
    placement: Placement
    flip: bool = False


def compose(
    pieces: Sequence[PlacedPicture],
    width: int = WIDTHS[-1],
    ground: Ground = Ground.PLATE,
    captions: Sequence[Mapping[str, Any]] = (),
) -> Image.Image:
    """The look on a sheet `width` pixels wide, lowest layer first; transparent where no ground is painted.

    Raises:
        OSError: something is no picture.
        ValueError: a picture is too large to be opened.
    """
    unit = width / CANVAS_WIDTH
    size = (width, round(CANVAS_HEIGHT * unit))
    sheet = ground_picture(ground, width) or Image.new("RGBA", size, (*SHADOW, 0))
    things: list[tuple[int, PlacedPicture | Mapping[str, Any]]] = [(p.placement.layer, p) for p in pieces]
    things += [(caption["layer"], caption) for caption in captions]
    for _, thing in sorted(things, key=lambda one: one[0]):
        if not isinstance(thing, PlacedPicture):
            sheet.alpha_composite(caption_picture(thing, width))
            continue
        garment, x, y = _garment(thing, unit, size)
        if garment is not None:
            _lay(sheet, garment, x, y, unit)
    return sheet


def sheets(
    pieces: Sequence[PlacedPicture],
    ground: Ground = Ground.PLATE,
    captions: Sequence[Mapping[str, Any]] = (),
) -> dict[int, Image.Image]:
    """The look in every width, composed once at the largest. Raises as `compose`."""
    largest = compose(pieces, ground=ground, captions=captions)
    sizes = {width: (width, width * CANVAS_HEIGHT // CANVAS_WIDTH) for width in WIDTHS}
    return {
        width: largest if width == largest.width else largest.resize(size, Image.Resampling.LANCZOS)
        for width, size in sizes.items()
    }


def webp(sheet: Image.Image) -> bytes:
    """What every browser shows, and what others fetch to share."""
    data = io.BytesIO()
    sheet.save(data, "WEBP", quality=QUALITY, alpha_quality=90, method=3)
    return data.getvalue()


def avif(sheet: Image.Image) -> bytes:
    """Half as heavy, for browsers that know it. Soft shades keep their steps, which a light WebP loses."""
    data = io.BytesIO()
    sheet.save(data, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED)
    return data.getvalue()


def _garment(piece: PlacedPicture, unit: float, size: tuple[int, int]) -> tuple[Image.Image | None, int, int]:
    """The piece at its size on a sheet of this `size`, mirrored and turned, and where its corner lies.

    Only what lies on the sheet, or throws its shadow there, is ever drawn, however large the piece is; None
    where nothing of it is.
    """
    cut = _cut(piece)
    tallness = piece.real_height_mm / 10 * UNITS_PER_CM * piece.placement.scale / 1000 * unit
    factor = tallness / max(1, piece.box[3])
    wide, tall = max(1.0, cut.width * factor), max(1.0, cut.height * factor)
    if factor < 1:  # made smaller with every pixel counted; larger in the same step in which it is laid down
        wide, tall = round(wide), round(tall)
        cut = cut.resize((wide, tall), Image.Resampling.LANCZOS)
    # On whole pixels: what is not turned stays as sharp as it is.
    x = round(piece.placement.x / 10 * unit - wide / 2) + wide / 2
    y = round(piece.placement.y / 10 * unit - tall / 2) + tall / 2
    angle = math.radians(piece.placement.rotation / 10)
    cos, sin = math.cos(angle), math.sin(angle)
    across = (abs(wide * cos) + abs(tall * sin)) / 2
    down = (abs(wide * sin) + abs(tall * cos)) / 2
    reach = round(REACH * unit)
    left, top = max(math.floor(x - across), -reach), max(math.floor(y - down), -reach)
    right, bottom = min(math.ceil(x + across), size[0] + reach), min(math.ceil(y + down), size[1] + reach)
    if right <= left or bottom <= top:
        return None, 0, 0
    # From a point of the sheet back to the point of the picture that is seen there.
    to_x, to_y = cut.width / wide * (-1 if piece.flip else 1), cut.height / tall
    x, y = x - left, y - top
    back = (
        *(cos * to_x, sin * to_x, cut.width / 2 - (cos * x + sin * y) * to_x),
        *(-sin * to_y, cos * to_y, cut.height / 2 - (cos * y - sin * x) * to_y),
    )
    laid = cut.transform((right - left, bottom - top), Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
    return laid, left, top


def _cut(piece: PlacedPicture) -> Image.Image:
    """The piece cut to its box."""
    with Image.open(io.BytesIO(piece.data)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{piece.key} is too large to lay on a look.")
        picture = opened.convert("RGBA")
    x, y, w, h = piece.box
    edge = max(2, round(max(w, h) * 0.015))  # stroke and blur reach a little over the box
    # Beyond the picture's edge the cut is transparent, and its middle stays the garment's middle.
    return picture.crop((x - edge, y - edge, x + w + edge, y + h + edge))


def _lay(sheet: Image.Image, garment: Image.Image, x: int, y: int, unit: float) -> None:
    """Put a garment down with two shadows: a wide soft one and a tight one that holds it to the ground."""
    reach = round(26 * unit)
    room = (garment.width + 2 * reach, garment.height + 2 * reach)
    shape = Image.new("L", room, 0)
    shape.paste(garment.getchannel("A"), (reach, reach))
    wide = _moved(shape, 3 * unit, 8 * unit).filter(ImageFilter.GaussianBlur(9 * unit))
    tight = _moved(shape, unit, 2 * unit).filter(ImageFilter.GaussianBlur(2.2 * unit))
    dark = ImageChops.add(
        wide.point([v * 22 // 100 for v in range(256)]), tight.point([v * 15 // 100 for v in range(256)])
    )
    shade = Image.new("RGBA", room, (*SHADOW, 0))
    shade.putalpha(dark)
    shade.alpha_composite(garment, (reach, reach))
    _over(sheet, shade, x - reach, y - reach)


def _moved(mask: Image.Image, dx: float, dy: float) -> Image.Image:
    return ImageChops.offset(mask, round(dx), round(dy))


def _over(sheet: Image.Image, layer: Image.Image, x: int, y: int) -> None:
    """Composite, cutting off what lies beyond the sheet."""
    left, top = max(0, -x), max(0, -y)
    right, bottom = min(layer.width, sheet.width - x), min(layer.height, sheet.height - y)
    if right > left and bottom > top:
        sheet.alpha_composite(layer.crop((left, top, right, bottom)), (x + left, y + top))

"""The picture of a look: its pieces on one sheet, each with a soft warm shadow, on its ground or on none."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from editors.looks.canvas import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_CM, Placement
from editors.looks.grounds import Ground
from editors.looks.painting import caption_picture, ground_picture

#: Pixels across of the three sizes, small to large; the pictures are 3:4.
WIDTHS = (360, 720, 1080)
SHADOW = (58, 47, 40)  # a warm brown: grey shadows look like dirt on paper
QUALITY = 84
AVIF_QUALITY = 62
#: An eighth of a second for the middle width; slower speeds save three hundredths of the bytes.
AVIF_SPEED = 8
#: Raised when the same pieces would come out differently than before.
RECIPE = "1"
#: Most pixels a piece's picture may have; what comes in is our own, this is a second fence.
MOST_PIXELS = 16_000_000


@dataclass(frozen=True)
class PlacedPicture:
    """One piece: its largest picture, where the garment is in it, how tall it is, where it lies."""

    key: str  # of its stored file, a hash of what is in it
    data: bytes = field(repr=False)
    box: tuple[int, int, int, int]  # x, y, width, height in pixels of that picture
    real_height_mm: int
    placement: Placement
    flip: bool = False


def key_of(pieces: Sequence[PlacedPicture]) -> str:
    """The name of the picture these pieces make; keys are content hashes, so this is one too."""
    parts = [(p.key, p.box, p.real_height_mm, p.placement, p.flip) for p in pieces]
    return hashlib.sha256(f"{RECIPE}|{QUALITY}|{WIDTHS}|{parts}".encode()).hexdigest()[:40]


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
        garment = _garment(thing, unit)
        x = round(thing.placement.x / 10 * unit - garment.width / 2)
        y = round(thing.placement.y / 10 * unit - garment.height / 2)
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


def renditions(pieces: Sequence[PlacedPicture]) -> dict[int, bytes]:
    """The look as WebP in every width; the same pieces give the same bytes."""
    return {width: webp(sheet) for width, sheet in sheets(pieces).items()}


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


def keep(pieces: Sequence[PlacedPicture], folder: Path) -> dict[int, Path]:
    """The look's files under `folder`, composed only if they are not there yet."""
    key = key_of(pieces)
    files = {width: folder / f"{key}-{width}.webp" for width in WIDTHS}
    if not all(path.exists() for path in files.values()):
        folder.mkdir(parents=True, exist_ok=True)
        for width, data in renditions(pieces).items():
            part = folder / f".{key}-{width}.{os.getpid()}"
            part.write_bytes(data)
            part.replace(files[width])
    return files


def _garment(piece: PlacedPicture, unit: float) -> Image.Image:
    """The piece cut to its box, at its size on the sheet, mirrored and turned."""
    with Image.open(io.BytesIO(piece.data)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{piece.key} is too large to lay on a look.")
        picture = opened.convert("RGBA")
    x, y, w, h = piece.box
    edge = max(2, round(max(w, h) * 0.015))  # stroke and blur reach a little over the box
    x0, y0 = x - edge, y - edge
    # Beyond the picture's edge the cut is transparent, and its middle stays the garment's middle.
    cut = picture.crop((x0, y0, x + w + edge, y + h + edge))
    tall = piece.real_height_mm / 10 * UNITS_PER_CM * piece.placement.scale / 1000 * unit
    factor = tall / max(1, h)
    cut = cut.resize(
        (max(1, round(cut.width * factor)), max(1, round(cut.height * factor))), Image.Resampling.LANCZOS
    )
    if piece.flip:
        cut = cut.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if piece.placement.rotation:
        cut = cut.rotate(-piece.placement.rotation / 10, Image.Resampling.BICUBIC, expand=True)
    return cut


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

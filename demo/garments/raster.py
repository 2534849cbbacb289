"""From a drawing to pixels: rendering, and the grain that makes cloth of a flat colour."""

from __future__ import annotations

import io
import random
from functools import cache

import resvg_py
from PIL import Image, ImageChops, ImageFilter

from .drawing import Drawing

#: The grain is about one unit of the 400-unit sheet wide, whatever the picture's size.
SHEET = 400
TILE = 200


@cache
def _noise(scale: float) -> Image.Image:
    """A tile of soft grey noise, the same in every run and every process."""
    rough = Image.frombytes("L", (TILE, TILE), random.Random("grain").randbytes(TILE * TILE))
    soft = rough.filter(ImageFilter.GaussianBlur(0.55))
    size = max(8, round(TILE * scale))
    return soft.resize((size, size), Image.Resampling.BICUBIC)


def grained(image: Image.Image, strength: float) -> Image.Image:
    """The picture with its cloth roughened: darker in specks by at most ``strength``.

    Done here and not by an SVG filter, where it took a third of the whole rendering time.
    """
    if strength <= 0:
        return image
    tile = _noise(image.width / SHEET)
    veil = Image.new("L", image.size)
    for y in range(0, image.height, tile.height):
        for x in range(0, image.width, tile.width):
            veil.paste(tile, (x, y))
    veil = veil.point([255 - max(0, round(255 * strength * (0.56 - v / 255))) for v in range(256)])
    rough = ImageChops.multiply(image.convert("RGB"), Image.merge("RGB", (veil, veil, veil)))
    rough.putalpha(image.getchannel("A"))
    return rough


def raster(drawing: Drawing, width: int) -> Image.Image:
    """Render one drawing with transparency, ``width`` pixels wide; the sheet is 4:5."""
    data = resvg_py.svg_to_bytes(svg_string=drawing.svg, width=width, skip_system_fonts=True)
    image = Image.open(io.BytesIO(bytes(data))).convert("RGBA")
    return grained(image, drawing.grain)

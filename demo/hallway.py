"""The demo's one photograph: what somebody wears today, on the pegs beside their door.

Everything in it is drawn: a wall in the morning sun, a rail, a floor, and garments of the shop in the light
of that wall, a little out of focus and with the grain of a telephone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from demo.stage import fitting

WIDE, TALL = 1080, 1440
WALL, WALL_LOW, RAIL, RAIL_EDGE = "#ddd2c1", "#c3b49d", "#8d6b4a", "#6c4f35"
SKIRTING, FLOOR, FLOOR_LINE, PEG = "#ece4d7", "#9c7652", "#7d5c3e", "#4d3826"
SUN, SHADE = (255, 236, 204), (52, 40, 30)
RAIL_TOP, RAIL_TALL, FLOOR_TOP = 176, 50, 1130


@dataclass(frozen=True)
class Spot:
    """Where a garment hangs or stands: the middle of its top edge or of its soles, and its room in pixels."""

    handle: str
    x: int
    y: int
    wide: int
    tall: int
    stands: bool = False


def photograph(spots: Sequence[Spot], garments: Mapping[str, Image.Image]) -> Image.Image:
    """The hallway with these garments in it, 3:4."""
    picture = _room()
    for spot in spots:
        garment = fitting(garments[spot.handle], spot.wide, spot.tall)
        left = spot.x - garment.width // 2
        top = spot.y - garment.height if spot.stands else spot.y
        _cast_shadow(picture, garment, left, top, low=spot.stands)
        picture.paste(garment, (left, top), garment)
    return _developed(picture)


def middle_of(spot: Spot, garment: Image.Image) -> tuple[float, float]:
    """The middle of a garment as parts of the picture's width and height."""
    tall = fitting(garment, spot.wide, spot.tall).height
    return spot.x / WIDE, (spot.y - tall / 2 if spot.stands else spot.y + tall / 2) / TALL


def _room() -> Image.Image:
    wall = Image.composite(
        Image.new("RGB", (WIDE, TALL), WALL_LOW), Image.new("RGB", (WIDE, TALL), WALL), _fading(WIDE, TALL)
    )
    draw = ImageDraw.Draw(wall)
    draw.rectangle((0, FLOOR_TOP - 74, WIDE, FLOOR_TOP), fill=SKIRTING)
    draw.rectangle((0, FLOOR_TOP - 78, WIDE, FLOOR_TOP - 74), fill="#b5a68f")
    draw.rectangle((0, FLOOR_TOP, WIDE, TALL), fill=FLOOR)
    for number in range(-9, 19):  # boards that run towards whoever looks
        near, far = WIDE // 2 + (number - 5) * 190, WIDE // 2 + (number - 5) * 96
        draw.line((far, FLOOR_TOP, near, TALL), fill=FLOOR_LINE, width=3)
    draw.rectangle((70, RAIL_TOP, WIDE - 70, RAIL_TOP + RAIL_TALL), fill=RAIL)
    draw.rectangle((70, RAIL_TOP + RAIL_TALL - 8, WIDE - 70, RAIL_TOP + RAIL_TALL), fill=RAIL_EDGE)
    for x in (190, 365, 540, 715, 890):
        draw.ellipse((x - 15, RAIL_TOP + 14, x + 15, RAIL_TOP + 44), fill=PEG)
        draw.ellipse((x - 9, RAIL_TOP + 16, x + 7, RAIL_TOP + 32), fill="#6b5140")
    return _sunlit(wall)


def _sunlit(wall: Image.Image) -> Image.Image:
    """A window somewhere at the left throws its panes across wall and floor."""
    light = Image.new("L", wall.size)
    draw = ImageDraw.Draw(light)
    for column in range(2):
        for line in range(3):
            left, top = 330 + column * 250 + line * 60, 60 + line * 330
            draw.polygon(
                [(left, top), (left + 220, top - 60), (left + 280, top + 230), (left + 60, top + 290)],
                fill=84,
            )
    return Image.composite(Image.new("RGB", wall.size, SUN), wall, light.filter(ImageFilter.GaussianBlur(14)))


def _cast_shadow(picture: Image.Image, garment: Image.Image, left: int, top: int, *, low: bool) -> None:
    """On the wall it falls to the right and down; on the floor it lies beneath."""
    mask = Image.new("L", picture.size)
    if low:
        foot = (left, top + garment.height - 26, left + garment.width + 40, top + garment.height + 16)
        ImageDraw.Draw(mask).ellipse(foot, fill=150)
    else:
        mask.paste(garment.getchannel("A").point([value * 110 // 255 for value in range(256)]), (left, top))
        mask = ImageChops.offset(mask, 26, 20)
    picture.paste(Image.new("RGB", picture.size, SHADE), (0, 0), mask.filter(ImageFilter.GaussianBlur(15)))


def _developed(picture: Image.Image) -> Image.Image:
    """Soft, warm, darker towards the corners, and with grain: the same each time."""
    soft = ImageEnhance.Contrast(picture.filter(ImageFilter.GaussianBlur(0.8))).enhance(1.06)
    corners = ImageChops.invert(Image.radial_gradient("L")).resize(picture.size, Image.Resampling.BICUBIC)
    dark = ImageEnhance.Brightness(soft).enhance(0.78)
    soft = Image.composite(soft, dark, corners.point([min(255, value * 2 + 40) for value in range(256)]))
    grain = Image.new("L", picture.size)
    grain.putdata([(x * 7919 + x // WIDE * 104729) % 61 % 13 for x in range(WIDE * TALL)])
    return ImageChops.add(soft, Image.merge("RGB", [grain] * 3), offset=-6)


def _fading(wide: int, tall: int) -> Image.Image:
    return Image.linear_gradient("L").resize((wide, tall), Image.Resampling.BICUBIC)

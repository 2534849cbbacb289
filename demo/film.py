"""The short film of the programme's page: six scenes made of the demo's own drawings, with captions.

It has no sound and no word of any language in it; the captions say what is seen, in both. Every scene is a
function from how far it has come (0 to 1) to a picture; where nothing moves, one picture stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from demo.reel import Shot, as_mp4
from demo.stage import (
    INK,
    LIGHT,
    LINE,
    PAPER,
    PLATE,
    SHEET,
    STUB,
    VERMILION,
    WIDE,
    bend,
    between,
    blank,
    ease,
    fitting,
    lay,
    part,
    phone,
    raised,
    shape,
    tick,
)
from foundation.paper import DISPLAY

FRAME = 80  # milliseconds of a picture while something moves
FADE = 5  # pictures from one scene to the next


@dataclass(frozen=True)
class Cast:
    """Who plays: garments for the rail, the layers of one look as they are laid, and three whole looks.

    All with alpha; layers and looks are 3:4.
    """

    rail: Sequence[Image.Image]
    layers: Sequence[Image.Image]
    looks: Sequence[Image.Image]


@dataclass(frozen=True)
class Scene:
    """How a scene looks at a moment, for how many pictures it moves, how long it stands, and what is said."""

    at: Callable[[float], Image.Image]
    moves: int
    stands: int
    says: str
    says_it: str


@dataclass(frozen=True)
class Film:
    """The files as staff would send them."""

    video: bytes
    captions: bytes
    captions_it: bytes


def make_film(cast: Cast) -> Film:
    """The whole film; some seconds of work."""
    scenes = _scenes(cast)
    shots = list(_shots(scenes))
    return Film(as_mp4(shots), _captions(scenes, "says"), _captions(scenes, "says_it"))


def _shots(scenes: Sequence[Scene]) -> Iterator[Shot]:
    before: Image.Image | None = None
    for scene in scenes:
        if before is not None:
            first = scene.at(0)
            for step in range(1, FADE + 1):
                yield Shot(Image.blend(before, first, step / FADE), FRAME)
        for step in range(1, scene.moves + 1):
            yield Shot(scene.at(step / scene.moves), FRAME)
        before = scene.at(1)
        yield Shot(before, scene.stands)


def _captions(scenes: Sequence[Scene], said: str) -> bytes:
    """WebVTT: each scene's sentence for as long as it is seen."""
    lines, begins = ["WEBVTT", ""], 0
    for number, scene in enumerate(scenes):
        ends = begins + ((FADE if number else 0) + scene.moves) * FRAME + scene.stands
        lines += [f"{_time(begins)} --> {_time(ends - FRAME)}", getattr(scene, said), ""]
        begins = ends
    return "\n".join(lines).encode()


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"00:{seconds // 60:02}:{seconds % 60:02}.{rest:03}"


def _scenes(cast: Cast) -> list[Scene]:
    return [
        Scene(
            lambda t: _rail(cast, t),
            28,
            1900,
            "Everything here hangs in our shop today.",
            "Tutto questo è appeso nel nostro negozio, oggi.",
        ),
        Scene(
            lambda t: _laying(cast, t),
            36,
            1900,
            "You choose a few pieces for one person you know, and put a look together.",
            "Scegli pochi capi per una persona che conosci, e componi un look.",
        ),
        Scene(
            lambda t: _sending(cast, t),
            22,
            2200,
            "You send it to a friend. Or to three. Nobody counts how many follow you.",
            "Lo mandi a un’amica. O a tre. Nessuno conta quanti ti seguono.",
        ),
        Scene(
            lambda t: _buying(cast, t),
            18,
            2600,
            "They choose their sizes and buy all of it or one piece, and they read that you earn.",
            "Scelgono le taglie e comprano tutto o un capo solo, e leggono che tu guadagni.",
        ),
        Scene(
            _receipt,
            18,
            2200,
            "What you earn comes with a receipt that says why, down to the cent.",
            "Quello che guadagni ha una ricevuta che dice il perché, al centesimo.",
        ),
        Scene(
            lambda t: _window(cast, t),
            24,
            3200,
            "This is your window. Show us one outfit for one person, and somebody answers.",
            "Questa è la tua vetrina. Mostraci un abbinamento per una persona: qualcuno ti risponde.",
        ),
    ]


def _rail(cast: Cast, t: float) -> Image.Image:
    """Garments on a rail that glides past and comes to rest."""
    picture = blank(PAPER)
    shape(picture, (0, 84, WIDE, 88), INK)
    x = 40.0 - 420 * ease(t)
    for garment in cast.rail:
        hung = fitting(garment, 290, 430)
        middle = x + hung.width / 2
        shape(picture, (middle - 1.5, 88, middle + 1.5, 120), INK)
        picture.paste(hung, (round(x), 116), hung)
        x += hung.width + 36
    return picture


def _laying(cast: Cast, t: float) -> Image.Image:
    """The pieces of a look come down on a sheet one after the other."""
    picture = blank(PAPER)
    shape(picture, (400, 40, 880, 680), PLATE, 4)
    for number, layer in enumerate(cast.layers):
        come = ease(part(t, number, len(cast.layers)))
        if come:
            laid = layer.resize((480, 640), Image.Resampling.LANCZOS)
            side = -1 if number % 2 else 1
            lay(picture, laid, 400 + side * 420 * (1 - come), 40 - 90 * (1 - come), come)
    return raised(picture, PAPER)


def _sending(cast: Cast, t: float) -> Image.Image:
    """From a phone a thread runs to three people."""
    picture = blank(PAPER)
    phone(picture, (220, 90, 490, 630))
    lay(picture, cast.looks[0].resize((234, 312), Image.Resampling.LANCZOS), 238, 130)
    for top, wide in ((470, 180), (500, 120)):
        shape(picture, (238, top, 238 + wide, top + 10), STUB, 5)
    shape(picture, (238, 560, 472, 596), VERMILION, 3)
    for number, (x, y) in enumerate(((900, 170), (1010, 360), (900, 550))):
        run = ease(part(t, number, 3))
        points = [bend((490, 360), (x - 70, y), step / 24) for step in range(round(24 * run) + 1)]
        for one, other in pairwise(points):
            ImageDraw.Draw(picture).line((*one, *other), fill=VERMILION, width=4)
        shape(picture, (x - 70, y - 70, x + 70, y + 70), PLATE, 70)
        if run == 1:
            lay(picture, cast.looks[0].resize((84, 112), Image.Resampling.LANCZOS), x - 42, y - 56)
    return raised(picture, PAPER)


def _buying(cast: Cast, t: float) -> Image.Image:
    """The page of a look: pieces are chosen, then the button lights up."""
    picture = blank(PAPER)
    shape(picture, (200, 60, 650, 660), PLATE, 4)
    lay(picture, cast.looks[0].resize((450, 600), Image.Resampling.LANCZOS), 200, 60)
    for number, layer in enumerate(cast.layers[:3]):
        top = 70 + number * 140
        shape(picture, (730, top, 1080, top + 1.5), LINE)
        thumb = fitting(layer, 92, 108)
        picture.paste(thumb, (736, top + 16), thumb)
        shape(picture, (850, top + 40, 990, top + 54), STUB, 7)
        shape(picture, (850, top + 72, 930, top + 84), STUB, 6)
        shape(picture, (1026, top + 44, 1080, top + 98), LINE, 3)
        shape(picture, (1028, top + 46, 1078, top + 96), SHEET, 2)
        if part(t, number, 4) == 1:
            tick(picture, 1053, top + 71)
    lit = ease(part(t, 3, 4))
    shape(picture, (730, 560, 1080, 626), between(STUB, VERMILION, lit), 3)
    shape(picture, (835, 588, 975, 600), between(LINE, LIGHT, lit), 6)
    return raised(picture, PAPER)


def _receipt(t: float) -> Image.Image:
    """A receipt runs out of a slot, line by line, with a sum below."""
    picture = blank(PAPER)
    runs = round(560 * ease(t))
    paper = blank(SHEET).crop((0, 0, 420, 560))
    rows = ((210, 66), (150, 84), (190, 58), (120, 72), (170, 66))
    for number, (words, sum_) in enumerate(rows):
        top = 60 + number * 66
        shape(paper, (44, top, 44 + words, top + 14), STUB, 7)
        shape(paper, (376 - sum_, top, 376, top + 14), STUB, 7)
    shape(paper, (44, 406, 376, 409), INK)
    shape(paper, (44, 440, 164, 462), INK, 11)
    shape(paper, (256, 440, 376, 462), VERMILION, 11)
    shown = paper.crop((0, 560 - runs, 420, 560))
    picture.paste(Image.new("RGB", (424, runs + 2), STUB), (428, 88))
    picture.paste(shown, (430, 88))
    shape(picture, (380, 78, 900, 92), INK, 7)
    return raised(picture, PAPER)


def _window(cast: Cast, t: float) -> Image.Image:
    """Three looks rise into a window, under the name of the house."""
    picture = blank(VERMILION)
    for number, look in enumerate(cast.looks[:3]):
        come = ease(part(t, number, 3))
        x, y = 130 + number * 350, 170 + 560 * (1 - come)
        shape(picture, (x, y, x + 320, y + 427), PLATE, 3)
        lay(picture, look.resize((320, 427), Image.Resampling.LANCZOS), x, y)
    shape(picture, (90, 640, WIDE - 90, 646), LIGHT)
    letters = ImageFont.truetype(str(DISPLAY), 64)
    ImageDraw.Draw(picture).text((WIDE / 2, 92), "Vetrina", fill=LIGHT, font=letters, anchor="mm")
    return raised(picture, VERMILION)

"""The cards of a link: a picture for a post, a story or a preview, with words that say who earns.

The words and the ground are an SVG that resvg draws with the shop's own faces; the picture is laid on it as
pixels, because decoding it a second time inside of the SVG takes longer than everything else together.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import resvg_py
from flask_babel import lazy_gettext as _l
from markupsafe import escape
from PIL import Image, ImageFont, ImageOps

from foundation.paper import BOLD, DISPLAY, REGULAR, printable

#: Goes up when cards are drawn in another way: every card is made anew then.
DRAWN_AS = 1
QUALITY = 88
SMALLEST = 14  # pixels of letters
PAPER, PLATE, INK, QUIET, LOUD = "#faf7f2", "#e6dfd3", "#1b1a17", "#645d53", "#b8301a"
FAMILIES = {DISPLAY: "Fraunces", REGULAR: "Inter", BOLD: "Inter"}


class Size(StrEnum):
    WIDE = "wide"
    PORTRAIT = "portrait"
    STORY = "story"


SIZE_WORDS: dict[Size, Any] = {
    Size.STORY: _l("Story, 1080 × 1920"),
    Size.PORTRAIT: _l("Post, 1080 × 1350"),
    Size.WIDE: _l("Wide, 1200 × 630"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things lie, in pixels: the plate of the picture, and the column of words beside or under it.

    `first` is the base line of the title. A story leaves free what networks lay their own signs over: an
    eighth above, a sixth below.
    """

    width: int
    height: int
    plate: tuple[int, int, int, int]
    left: int
    column: int
    first: int
    title: int
    words: int
    most_lines: int


SHEETS = {
    Size.WIDE: Sheet(1200, 630, (48, 48, 400, 534), 504, 648, 176, 68, 32, 3),
    Size.PORTRAIT: Sheet(1080, 1350, (225, 64, 630, 840), 225, 630, 988, 60, 30, 2),
    Size.STORY: Sheet(1080, 1920, (165, 235, 750, 1000), 165, 750, 1330, 68, 32, 2),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, in one language: the title, whose it is, the address to type, the editor's code
    where they have one, who earns."""

    title: str
    by: str
    address: str
    disclosure: str
    picture_key: str | None
    offer: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    face: Path
    size: int
    fill: str
    y: int


def made_of(card: Card, size: Size) -> str:
    """A hash of everything a card is drawn from: the same hash, the same card."""
    whole = [DRAWN_AS, size.value, asdict(card)]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def draw(card: Card, size: Size, picture: bytes | None) -> bytes:
    """The card as a JPEG; without a picture its plate stays empty. Raises OSError when it is no picture."""
    sheet = SHEETS[size]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg_of(card, size),
        width=sheet.width,
        skip_system_fonts=True,
        font_files=[str(face) for face in FAMILIES],
    )
    with Image.open(io.BytesIO(bytes(drawn))) as opened:
        whole = opened.convert("RGB")
    if picture is not None:
        x, y, width, height = sheet.plate
        with Image.open(io.BytesIO(picture)) as opened:
            laid = ImageOps.contain(opened.convert("RGBA"), (width, height), Image.Resampling.BICUBIC)
        whole.paste(laid, (x + (width - laid.width) // 2, y + (height - laid.height) // 2), laid)
    data = io.BytesIO()
    whole.save(data, "JPEG", quality=QUALITY)
    return data.getvalue()


def svg_of(card: Card, size: Size) -> str:
    """Ground, plate and words of a card. Words are words here, whatever signs somebody typed."""
    sheet = SHEETS[size]
    x, y, width, height = sheet.plate
    lines = "".join(
        f'<text x="{sheet.left}" y="{one.y}" font-size="{one.size}" fill="{one.fill}"'
        f' font-family="{FAMILIES[one.face]}" font-weight="{700 if one.face is BOLD else 400}">'
        f"{escape(one.text)}</text>"
        for one in _lines(card, sheet)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width} {sheet.height}">'
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="{PAPER}"/>'
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{PLATE}"/>{lines}</svg>'
    )


def _lines(card: Card, sheet: Sheet) -> list[_Words]:
    """Every line with its place, from the title down."""
    found, y = [], sheet.first
    for number, text in enumerate(broken(card.title, DISPLAY, sheet.title, sheet.column, sheet.most_lines)):
        y += round(sheet.title * 1.12) if number else 0
        found.append(_Words(text, DISPLAY, sheet.title, INK, y))
    for text, face, size, fill, most in (
        (card.by, REGULAR, sheet.words, QUIET, 1),
        (card.address, BOLD, sheet.words + 4, LOUD, 1),
        *([(card.offer, REGULAR, sheet.words - 2, INK, 1)] if card.offer else []),
        (card.disclosure, REGULAR, sheet.words - 6, INK, 4),
    ):
        # An address is typed from the card, so all of it stands there.
        fits = fitting(text, face, size, sheet.column) if text is card.address else size
        y += round(size * 0.7)
        for line in broken(text, face, fits, sheet.column, most):
            y += round(size * 1.3)
            found.append(_Words(line, face, fits, fill, y))
    return found


def fitting(text: str, face: Path, size: int, width: int) -> int:
    """The size at which a text has room on one line, `size` at most."""
    while size > SMALLEST and _width(text, face, size) > width:
        size -= 1
    return size


def broken(text: str, face: Path, size: int, width: int, most: int) -> Sequence[str]:
    """A text in lines no wider than `width` pixels, `most` at most; what is left over ends in an ellipsis."""
    lines: list[str] = []
    for word in printable(" ".join(text.split())).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, face, size) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            return [*lines[:-1], _cut(f"{lines[-1]} …", face, size, width)]
        else:
            lines.append(_cut(word, face, size, width))
    return lines


def _cut(text: str, face: Path, size: int, width: int) -> str:
    while _width(text, face, size) > width:
        text = text.rstrip("… ")[:-1].rstrip() + "…"
    return text


def _width(text: str, face: Path, size: int) -> float:
    return _face(face, size).getlength(text)


@cache
def _face(face: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face), size)

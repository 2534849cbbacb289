"""A look as what lies on its canvas, from the bottom up: plain values, and how they stand in the rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH
from foundation.paper import is_printable

#: The middle of everything stays on the canvas, so nothing can be pushed out of reach. Tenths of a unit.
FARTHEST_X, FARTHEST_Y = CANVAS_WIDTH * 10, CANVAS_HEIGHT * 10
#: Thousandths of the true proportion.
SMALLEST, LARGEST = 50, 8000
HALF_TURN = 1800  # tenths of a degree
MOST_CAPTIONS = 12
LONGEST_CAPTION = 60
#: What turns the direction of letters around unseen.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(words: str) -> str:
    """Words as a caption has them: composed letters, on one line, single spaces between."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def hidden(letter: str) -> bool:
    """Whether a sign has no place in a caption: controls, halves of signs, and what no SVG may hold.

    What joins or parts letters unseen is none of these: a family of four is seven signs, three of them such.
    """
    unsaid = ord(letter) & 0xFFFE == 0xFFFE
    return unsaid or letter in _TURNING or unicodedata.category(letter) in ("Cc", "Cs")


def paintable(words: str) -> bool:
    """Whether our faces have every letter: Latin, Greek and Cyrillic. What joins letters needs none."""
    return is_printable("".join(one for one in words if unicodedata.category(one) != "Cf"))


class Face(StrEnum):
    DISPLAY = "display"
    BODY = "body"


class Ink(StrEnum):
    INK = "ink"
    STONE = "stone"
    VERMILION = "vermilion"
    PAPER = "paper"


FACE_WORDS: dict[Face, Any] = {Face.DISPLAY: _l("Headline"), Face.BODY: _l("Plain")}
INK_WORDS: dict[Ink, Any] = {
    Ink.INK: _l("Ink"),
    Ink.STONE: _l("Stone"),
    Ink.VERMILION: _l("Vermilion"),
    Ink.PAPER: _l("Paper"),
}
#: A picture has its own colours: they do not turn with the theme of the page around it.
INKS: dict[Ink, str] = {
    Ink.INK: "#1b1a17",
    Ink.STONE: "#645d53",
    Ink.VERMILION: "#b8301a",
    Ink.PAPER: "#fffaf4",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing lies: the numbers of `LookPiece`, but for the layer, which is its place in the scene."""

    x: int
    y: int
    scale: int
    rotation: int
    flip: bool = False
    locked: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "x": self.x,
            "y": self.y,
            "scale": self.scale,
            "rotation": self.rotation,
            "flip": self.flip,
            "locked": self.locked,
        }


@dataclass(frozen=True, slots=True)
class PieceThing:
    product_id: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class CaptionThing:
    """Words among the pieces. They are words: `<b>` is three signs and no markup, wherever they are shown."""

    text: str
    face: Face
    ink: Ink
    spot: Spot


Thing = PieceThing | CaptionThing


@dataclass(frozen=True, slots=True)
class Scene:
    """The ground, and the things on it from the bottom up."""

    ground: str
    things: tuple[Thing, ...]

    @property
    def lying(self) -> dict[int, list[tuple[int, Spot]]]:
        """For each product where it lies, by layer, in the order of first appearance."""
        found: dict[int, list[tuple[int, Spot]]] = {}
        for layer, thing in enumerate(self.things):
            if isinstance(thing, PieceThing):
                found.setdefault(thing.product_id, []).append((layer, thing.spot))
        return found

    @property
    def captions(self) -> list[dict[str, Any]]:
        """The captions as they are kept with the look."""
        return [
            {"text": thing.text, "face": thing.face, "ink": thing.ink, "layer": layer, **thing.spot.as_dict()}
            for layer, thing in enumerate(self.things)
            if isinstance(thing, CaptionThing)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The scene as the canvas reads and sends it."""
        return {"ground": self.ground, "things": [_thing_as_dict(thing) for thing in self.things]}


class KeptPiece(Protocol):
    """A row of `look_pieces`, as far as its place goes."""

    product_id: int
    x: int
    y: int
    scale: int
    rotation: int
    layer: int
    flip: bool
    locked: bool
    copies: list[dict[str, Any]]


def scene_of(ground: str, pieces: Iterable[KeptPiece], captions: Sequence[Mapping[str, Any]]) -> Scene:
    """The scene that rows hold."""
    layered: list[tuple[int, int, Thing]] = []
    for piece in pieces:
        own = Spot(piece.x, piece.y, piece.scale, piece.rotation, piece.flip, piece.locked)
        layered.append((piece.layer, len(layered), PieceThing(piece.product_id, own)))
        for copy in piece.copies:
            layered.append((copy["layer"], len(layered), PieceThing(piece.product_id, spot_of(copy))))
    for words in captions:
        caption = CaptionThing(words["text"], Face(words["face"]), Ink(words["ink"]), spot_of(words))
        layered.append((words["layer"], len(layered), caption))
    return Scene(ground, tuple(thing for _, _, thing in sorted(layered, key=lambda one: one[:2])))


def spot_of(values: Mapping[str, Any]) -> Spot:
    return Spot(
        values["x"], values["y"], values["scale"], values["rotation"], values["flip"], values["locked"]
    )


def _thing_as_dict(thing: Thing) -> dict[str, Any]:
    if isinstance(thing, PieceThing):
        return {"kind": "piece", "product": thing.product_id, **thing.spot.as_dict()}
    return {
        "kind": "caption",
        "text": thing.text,
        "face": thing.face,
        "ink": thing.ink,
        **thing.spot.as_dict(),
    }

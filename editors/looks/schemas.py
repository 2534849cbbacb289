"""What a canvas may send: whole numbers within bounds, names out of lists, and never markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import orjson
from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields

from editors.looks.canvas.grounds import Ground
from editors.looks.canvas.scene import (
    FARTHEST_X,
    FARTHEST_Y,
    HALF_TURN,
    LARGEST,
    LONGEST_CAPTION,
    MOST_CAPTIONS,
    SMALLEST,
    CaptionThing,
    Face,
    Ink,
    PieceThing,
    Scene,
    Spot,
    Thing,
    hidden,
    one_line,
    paintable,
)
from editors.looks.errors import CanvasRefused
from editors.looks.models import MOST_PIECES

#: Forty pieces and twelve captions take a quarter of this.
MOST_BYTES = 32_768
LARGEST_ID = 2**63 - 1
LIBRARY_SAYS = frozenset(
    {"Missing data for required field.", "Unknown field.", "Field may not be null.", "Not a valid list."}
)


class Whole(fields.Field[int]):
    """A whole number from `low` to `high`: no text, no fraction, no yes or no."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(required=True)
        self.low, self.high = low, high

    def _deserialize(self, value: Any, attr: str | None, *args: Any, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise ValidationError(
                gettext(
                    "“%(name)s” has to be a whole number from %(low)s to %(high)s.",
                    name=attr,
                    low=self.low,
                    high=self.high,
                )
            )
        return value


class YesNo(fields.Field[bool]):
    """True or false, and not something like it."""

    def __init__(self) -> None:
        super().__init__(required=True)

    def _deserialize(self, value: Any, attr: str | None, *args: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(gettext("“%(name)s” has to be true or false.", name=attr))
        return value


class OneOf(fields.Field[str]):
    """A name out of a list."""

    def __init__(self, names: type[StrEnum]) -> None:
        super().__init__(required=True)
        self.names = names

    def _deserialize(self, value: Any, attr: str | None, *args: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in set(self.names):
            raise ValidationError(gettext("There is no such “%(name)s”.", name=attr))
        return self.names(value)


class Line(fields.Field[str]):
    """One line of words, with nothing in it that cannot be seen."""

    def __init__(self, most: int) -> None:
        super().__init__(required=True)
        self.most = most

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = one_line(value) if isinstance(value, str) else ""
        if not 1 <= len(text) <= self.most:
            raise ValidationError(gettext("A caption has 1 to %(most)s letters.", most=self.most))
        blank = all(unicodedata.category(letter) in ("Cf", "Zs") for letter in text)
        if blank or any(map(hidden, text)):
            raise ValidationError(gettext("There is a sign in the caption that nobody could see."))
        if not paintable(text):
            raise ValidationError(
                gettext(
                    "Our typefaces have Latin, Greek and Cyrillic letters: no picture can show this caption."
                )
            )
        return text


class SpotSchema(Schema):
    x = Whole(0, FARTHEST_X)
    y = Whole(0, FARTHEST_Y)
    scale = Whole(SMALLEST, LARGEST)
    rotation = Whole(-HALF_TURN, HALF_TURN)
    flip = YesNo()
    locked = YesNo()
    kind = fields.String(required=True)


class PieceSchema(SpotSchema):
    product = Whole(1, LARGEST_ID)


class CaptionSchema(SpotSchema):
    text = Line(LONGEST_CAPTION)
    face = OneOf(Face)
    ink = OneOf(Ink)


KINDS: dict[str, Schema] = {"piece": PieceSchema(), "caption": CaptionSchema()}


class SceneSchema(Schema):
    version = Whole(1, 2**31 - 1)
    ground = OneOf(Ground)
    things = fields.List(fields.Raw(), required=True)


_SCENE = SceneSchema()


def read_scene(body: bytes) -> tuple[int, Scene]:
    """The version a canvas began from, and what lies on it now.

    Raises `CanvasRefused`, which says what is wrong with which thing.
    """
    try:
        sent = orjson.loads(body)  # knows neither NaN nor Infinity
    except orjson.JSONDecodeError:
        sent = None
    if not isinstance(sent, Mapping):
        raise CanvasRefused([gettext("No canvas of ours sends that.")])
    # Counted before anything in it is looked at.
    things = sent.get("things")
    if isinstance(things, list) and len(things) > MOST_PIECES + MOST_CAPTIONS:
        raise _too_many()
    try:
        values = _SCENE.load(dict(sent))
    except ValidationError as wrong:
        raise CanvasRefused(_said(wrong)) from None
    scene = Scene(
        values["ground"], tuple(_thing(place, one) for place, one in enumerate(values["things"], 1))
    )
    if len(scene.captions) > MOST_CAPTIONS or len(scene.things) - len(scene.captions) > MOST_PIECES:
        raise _too_many()
    return values["version"], scene


def _thing(place: int, sent: Any) -> Thing:
    kind = sent.get("kind") if isinstance(sent, Mapping) else None
    schema = KINDS.get(kind) if isinstance(kind, str) else None
    if schema is None:
        raise CanvasRefused([gettext("Thing %(place)s is neither a piece nor a caption.", place=place)])
    try:
        values = schema.load(dict(sent))
    except ValidationError as wrong:
        sentences = [
            gettext("Thing %(place)s: %(wrong)s", place=place, wrong=sentence) for sentence in _said(wrong)
        ]
        raise CanvasRefused(sentences) from None
    spot = Spot(
        values["x"], values["y"], values["scale"], values["rotation"], values["flip"], values["locked"]
    )
    if kind == "piece":
        return PieceThing(values["product"], spot)
    return CaptionThing(values["text"], values["face"], values["ink"], spot)


def _said(wrong: ValidationError) -> list[str]:
    """Our own sentences; what only the library says is told as one."""
    found = []
    for name, sentences in wrong.normalized_messages().items():
        ours = [one for one in sentences if isinstance(one, str)] if isinstance(sentences, list) else []
        missing = [gettext("“%(name)s” is missing or does not belong there.", name=str(name)[:20])]
        found += missing if not ours or LIBRARY_SAYS & set(ours) else ours
    return found


def _too_many() -> CanvasRefused:
    return CanvasRefused(
        [
            gettext(
                "A look holds up to %(pieces)s pieces and %(captions)s captions.",
                pieces=MOST_PIECES,
                captions=MOST_CAPTIONS,
            )
        ]
    )

"""A look as an SVG for a template: its ground and what lies on it from the bottom up, each by a transform.

The canvas of the studio moves the same elements by the same attributes: a saved look is drawn as it was left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from editors.looks.canvas.garment import Lying
from editors.looks.canvas.grounds import Ground, fill_of, pattern_of
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH
from editors.looks.canvas.scene import INKS, Face, Ink
from foundation.files.storage import url_of

#: Letters of a caption at scale 1, in canvas units, and how far their line lies under its middle.
LETTER_SIZE, LETTER_DROP = 48, 16


def drawing_of(ground: str, pieces: Sequence[Lying], captions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the macro `drawn` needs; a piece whose picture has not come yet is left out."""
    layered: list[tuple[int, dict[str, Any]]] = []
    for piece in pieces:
        if not piece.medium_key:
            continue
        x, y, width, height = piece.garment.frame
        image = {"href": url_of(piece.medium_key), "x": x, "y": y, "width": width, "height": height}
        own = transform_of(piece.x, piece.y, piece.scale, piece.rotation, piece.flip)
        layered.append((piece.layer, {**image, "transform": own}))
        layered += [(copy["layer"], {**image, "transform": _transform(copy)}) for copy in piece.copies]
    layered += [(caption["layer"], lettering_of(caption)) for caption in captions]
    return {
        "ground": fill_of(Ground(ground)),
        "pattern": Markup(pattern_of(Ground(ground))),
        "things": [thing for _, thing in sorted(layered, key=lambda one: one[0])],
    }


def photo_drawing(key: str) -> dict[str, Any]:
    """The same for a look that is a photograph: nothing lies on it."""
    whole = {"x": 0, "y": 0, "width": CANVAS_WIDTH, "height": CANVAS_HEIGHT}
    photo = {"href": url_of(key), "transform": transform_of(0, 0, 1000, 0, False), **whole}
    return {"ground": "none", "pattern": "", "things": [photo]}


def lettering_of(caption: Mapping[str, Any]) -> dict[str, Any]:
    """A caption as the attributes of a text element."""
    return {
        "text": caption["text"],
        "face": Face(caption["face"]).value,
        "fill": INKS[Ink(caption["ink"])],
        "size": LETTER_SIZE,
        "drop": LETTER_DROP,
        "transform": _transform(caption),
    }


def transform_of(x: int, y: int, scale: int, rotation: int, flip: bool) -> str:
    """Where a thing lies, as the attribute says it."""
    size = f"{scale / 1000:g}"
    across = f"-{size}" if flip else size
    return f"translate({x / 10:g} {y / 10:g}) rotate({rotation / 10:g}) scale({across} {size})"


def _transform(values: Mapping[str, Any]) -> str:
    return transform_of(values["x"], values["y"], values["scale"], values["rotation"], values["flip"])

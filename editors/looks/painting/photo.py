"""A photograph as the picture of a look: cut to three by four, and never what came in from outside."""

from __future__ import annotations

import io
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps

from editors.looks.painting.picture import WIDTHS, webp
from foundation.files.pictures import Fault, NotAPicture, written_again

#: Less than this across would be stretched on every screen.
NARROWEST = 480


class Sight(StrEnum):
    """Which part stays where the photograph is too tall or too wide."""

    MIDDLE = "middle"
    START = "start"
    END = "end"


SIGHT_WORDS: dict[Sight, Any] = {
    Sight.MIDDLE: _l("The middle"),
    Sight.START: _l("The top, or the left"),
    Sight.END: _l("The foot, or the right"),
}
_CENTRE = {Sight.MIDDLE: 0.5, Sight.START: 0.0, Sight.END: 1.0}


class TooSmall(NotAPicture):
    """A picture that is one, and too small to be looked at."""


def cut_photo(data: bytes, sight: Sight) -> bytes:
    """A photograph written again as WebP, three by four, nothing of what came with it left.

    Raises `NotAPicture`; `TooSmall` where less than `NARROWEST` pixels across are left of it.
    """
    with Image.open(io.BytesIO(written_again(data))) as picture:
        width = min(WIDTHS[-1], picture.width, picture.height * 3 // 4) // 3 * 3
        if width < NARROWEST:
            raise TooSmall("Too few pixels are left.", Fault.UNKNOWN)
        centre = _CENTRE[sight]
        cut = ImageOps.fit(picture.convert("RGB"), (width, width * 4 // 3), centering=(centre, centre))
    return webp(cut)


def photo_sheets(data: bytes) -> list[Image.Image]:
    """A cut photograph in every width of a look's picture."""
    with Image.open(io.BytesIO(data)) as picture:
        photo = picture.convert("RGB")
    return [photo.resize((width, width * 4 // 3), Image.Resampling.LANCZOS) for width in WIDTHS]

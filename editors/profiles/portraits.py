"""A portrait from outside: cut square, in two sizes, written again by us."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from foundation.files.pictures import QUALITY, Fault, NotAPicture, written_again
from foundation.files.sights import Sight
from foundation.files.storage import store

#: Beside a name, and on the window; both twice as many pixels as they are wide there.
SMALL, LARGE = 96, 320
#: Less than this across would be stretched on the window.
NARROWEST = 160


@dataclass(frozen=True)
class Portrait:
    """Where both sizes lie."""

    small_key: str
    large_key: str


class TooSmall(NotAPicture):
    """A picture that is one, and too small for a portrait."""


def keep_portrait(data: bytes, sight: Sight) -> Portrait:
    """Keep both sizes; nothing of what came with the picture is left. Call it outside of a transaction.

    Raises `NotAPicture`; `TooSmall` where it has less than `NARROWEST` pixels across or down.
    """
    with Image.open(io.BytesIO(written_again(data))) as picture:
        if min(picture.size) < NARROWEST:
            raise TooSmall("Too few pixels.", Fault.UNKNOWN)
        side = min(LARGE, *picture.size)
        large = ImageOps.fit(picture.convert("RGB"), (side, side), centering=sight.centring)
    small = large.resize((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Portrait(store(_webp(small), ".webp"), store(_webp(large), ".webp"))


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()

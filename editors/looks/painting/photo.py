"""A photograph as the picture of a look: cut to three by four, and never what came in from outside."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from editors.looks.painting.picture import WIDTHS, webp
from foundation.files.pictures import Fault, NotAPicture, written_again
from foundation.files.sights import Sight

#: Less than this across would be stretched on every screen.
NARROWEST = 480


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
        cut = ImageOps.fit(picture.convert("RGB"), (width, width * 4 // 3), centering=sight.centring)
    return webp(cut)


def photo_sheets(data: bytes) -> list[Image.Image]:
    """A cut photograph in every width of a look's picture."""
    with Image.open(io.BytesIO(data)) as picture:
        photo = picture.convert("RGB")
    return [photo.resize((width, width * 4 // 3), Image.Resampling.LANCZOS) for width in WIDTHS]

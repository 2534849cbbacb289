"""What is made of a stored picture later, in a job, because it is slow: AVIF, and the cut-out."""

from __future__ import annotations

import io

from PIL import Image

from foundation.files.cutting import USUAL, CutOut, cut_out
from foundation.files.storage import read, store

# Looks like WebP at 82 and is about a fifth lighter on a grainy photograph (decision 0026).
AVIF_QUALITY = 62
AVIF_SPEED = 6
CUT_WIDTH = 640


def is_photograph(key: str) -> bool:
    """Whether a stored picture has a backdrop at all: one cannot see through it. Raises `NotFound`."""
    return _opened(key).mode == "RGB"


def keep_avif(keys: tuple[str, str, str]) -> tuple[str, ...]:
    """The same picture as AVIF in the same three widths; their keys. Raises `NotFound`."""
    return tuple(store(_avif(_opened(key)), ".avif") for key in keys)


def keep_cut_out(key: str, tolerance: str = USUAL) -> tuple[str, str, CutOut]:
    """The cut-out of a stored picture as WebP with transparency, medium and large: their keys, and itself.

    Raises `NoCutOut` and `NotFound`.
    """
    cut = cut_out(_opened(key), tolerance)
    medium = cut.picture
    if medium.width > CUT_WIDTH:
        height = max(1, round(medium.height * CUT_WIDTH / medium.width))
        medium = medium.resize((CUT_WIDTH, height), Image.Resampling.LANCZOS)
    return store(_webp(medium), ".webp"), store(_webp(cut.picture), ".webp"), cut


def _opened(key: str) -> Image.Image:
    with Image.open(io.BytesIO(read(key))) as picture:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _avif(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED)
    return buffer.getvalue()


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=84, alpha_quality=90, method=4)
    return buffer.getvalue()

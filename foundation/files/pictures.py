"""Pictures from outside, made harmless: opened with limits, stripped, and written again in three widths."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps, UnidentifiedImageError

from foundation.files.storage import store

WIDTHS = (320, 640, 1280)
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
QUALITY = 82

# A second fence for every other use of the library in this process.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Fault(StrEnum):
    """Why a picture is not taken."""

    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    MOVING = "moving"


class NotAPicture(ValueError):
    """The bytes are no picture we read, or one that would unpack to more than we are willing to hold.

    The text says it for a log or a list of an import; `fault` is for whoever has to say it to a person.
    """

    def __init__(self, message: str, fault: Fault = Fault.UNKNOWN) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True)
class Rendition:
    """The keys of the three widths, and the pixels of the largest."""

    small_key: str
    medium_key: str
    large_key: str
    width: int
    height: int


def keep_picture(data: bytes) -> Rendition:
    """Write a picture again as WebP in three widths (never larger than it came) and store them.

    What came with it (place, camera, hidden payloads) is dropped, its turn is applied. Raises `NotAPicture`.
    """
    picture = _open(data)
    keys = []
    large = picture
    for width in WIDTHS:
        large = _narrowed(picture, width)
        buffer = io.BytesIO()
        large.save(buffer, "WEBP", quality=QUALITY, method=4)
        keys.append(store(buffer.getvalue(), ".webp"))
    return Rendition(keys[0], keys[1], keys[2], large.width, large.height)


def _open(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            # The size stands in the header: refuse before a single pixel is unpacked.
            if picture.width * picture.height > MAX_PIXELS or not (picture.width and picture.height):
                size = f"{picture.width} x {picture.height} pixels are too many."
                raise NotAPicture(size, Fault.TOO_LARGE)
            if getattr(picture, "is_animated", False):
                raise NotAPicture("The picture moves.", Fault.MOVING)
            upright = ImageOps.exif_transpose(picture)
            alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
            clean = upright.convert("RGBA" if alpha else "RGB")
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise NotAPicture(str(problem), Fault.TOO_LARGE) from problem
    except UnidentifiedImageError as problem:
        raise NotAPicture(str(problem)) from problem
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as problem:
        # Pillow's readers answer broken files with any of these.
        raise NotAPicture(f"The file is broken: {problem}", Fault.BROKEN) from problem
    clean.info.clear()
    return clean


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)

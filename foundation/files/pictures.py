"""Pictures from outside, made harmless: opened with limits, stripped, and written again in three widths."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from foundation.files.storage import store

WIDTHS = (320, 640, 1280)
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
QUALITY = 82
# A JPEG can be unpacked at a half, a quarter or an eighth: not smaller than twice what we keep of it.
UNPACKED = 2 * WIDTHS[-1]
# Unpacked, the largest picture we take is some 160 MB: two at a time in one process, the others wait.
AT_ONCE = threading.BoundedSemaphore(2)
SRGB = ImageCms.createProfile("sRGB")

# A second fence for every other use of the library in this process.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Fault(StrEnum):
    """Why a picture is not taken."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    HEAVY = "heavy"
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
    """The keys of the three widths, the pixels of the largest, and whether one can see through it."""

    small_key: str
    medium_key: str
    large_key: str
    width: int
    height: int
    transparent: bool = False


def keep_picture(data: bytes) -> Rendition:
    """Write a picture again as WebP in three widths (never larger than it came) and store them.

    What came with it (place, camera, hidden payloads) is dropped; its turn and its colour profile are
    applied first. What its name says does not count. Raises `NotAPicture`. Call it outside of a transaction.
    """
    with AT_ONCE:
        picture = _open(data)
        sizes = [_narrowed(picture, width) for width in WIDTHS]
    small, medium, large = (store(_webp(size), ".webp") for size in sizes)
    width, height = sizes[-1].size
    return Rendition(small, medium, large, width, height, _is_transparent(picture))


def written_in(data: bytes, widths: Iterable[int]) -> list[tuple[bytes, int, int]]:
    """A picture as WebP in some widths (never larger than it came), each with its own width and height, and
    nothing of what came with it left. Raises `NotAPicture`."""
    with AT_ONCE:
        picture = _open(data)
        sizes = [_narrowed(picture, width) for width in widths]
        return [(_webp(size), *size.size) for size in sizes]


def written_again(data: bytes) -> bytes:
    """A picture as WebP in our largest width, nothing of what came with it left. Raises `NotAPicture`."""
    return written_in(data, WIDTHS[-1:])[0][0]


def _open(data: bytes) -> Image.Image:
    if not data:
        raise NotAPicture("The file is empty.", Fault.EMPTY)
    if len(data) > MAX_BYTES:
        raise NotAPicture(f"{len(data)} bytes are too many.", Fault.HEAVY)
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
            picture.draft(picture.mode, (UNPACKED, UNPACKED))
            clean = _in_plain_colours(ImageOps.exif_transpose(picture))
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


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Eight bits a channel of sRGB, with transparency where it has any."""
    if picture.mode in {"I", "F"} or picture.mode.startswith("I;16"):
        # Sixteen bits of grey: a plain conversion would cut off everything above the lowest eight.
        picture = picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    alpha = picture.has_transparency_data
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            # Without this the colours of a profile that is dropped below would be others: pale, as a rule.
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
            picture = ImageCms.profileToProfile(picture, source, SRGB, outputMode=wanted) or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that is broken or of another kind of picture says nothing
    return picture.convert("RGBA" if alpha else "RGB")


def _is_transparent(picture: Image.Image) -> bool:
    if picture.mode != "RGBA":
        return False
    lowest, _highest = picture.getchannel("A").getextrema()
    return isinstance(lowest, int | float) and lowest < 255


def _webp(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)

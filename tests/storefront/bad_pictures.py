"""What people send that is no picture, or one that needs care: the same for every page that takes them."""

from __future__ import annotations

import io
from zlib import crc32

import pytest
from PIL import Image, ImageCms

from tests.storefront.shelf import picture_bytes

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PHP = b"<?php system('id'); ?>"
UNKNOWN = (
    "{} is no picture we can read",
    "{} non è un’immagine che sappiamo leggere",
)
MANY = ("{} has too many pixels", "{} ha troppi pixel")
BROKEN = ("{} is broken", "{} è rovinata")
MOVES = ("{} moves", "{} si muove")
EMPTY = ("{} is empty", "{} è vuoto")


def moving(form: str) -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (10, 200)]
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG that says 30,000 x 30,000 in its header; what follows does not matter."""
    data = bytearray(picture_bytes(10, 10))
    data[16:24] = (30_000).to_bytes(4, "big") * 2
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def packed_bomb() -> bytes:
    """The same, with all its pixels in it: some 100 kB that would unpack to 2.7 GB."""
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    return buffer.getvalue()


REFUSED = [
    pytest.param(SVG, "logo.svg", UNKNOWN, id="svg with a script"),
    pytest.param(SVG, "logo.png", UNKNOWN, id="svg called png"),
    pytest.param(PHP, "shell.php.png", UNKNOWN, id="program called png"),
    pytest.param(
        b"GIF89a\5\0\5\0\0\0\0" + PHP, "both.gif", UNKNOWN, id="program behind the first bytes of a GIF"
    ),
    pytest.param(b"II*\0" + b"\0" * 100, "scan.tif", UNKNOWN, id="a format we do not read"),
    pytest.param(bomb(), "huge.png", MANY, id="30,000 x 30,000 by its header"),
    pytest.param(packed_bomb(), "zip.png", MANY, id="30,000 x 30,000 in full"),
    pytest.param(picture_bytes(900, 900, "JPEG")[:2000], "cut.jpg", BROKEN, id="truncated JPEG"),
    pytest.param(picture_bytes(900, 900, "WEBP")[:200], "cut.webp", BROKEN, id="truncated WebP"),
    pytest.param(picture_bytes()[:400], "cut.png", BROKEN, id="truncated PNG"),
    pytest.param(moving("GIF"), "dance.gif", MOVES, id="animated GIF"),
    pytest.param(moving("WEBP"), "dance.webp", MOVES, id="animated WebP"),
    pytest.param(moving("PNG"), "dance.png", MOVES, id="animated PNG"),
    pytest.param(b"", "nothing.jpg", EMPTY, id="zero bytes"),
]


def turned_with_place() -> bytes:
    """60 x 40 as a camera held upright writes it: on its side, with a note to turn it, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = {1: "N", 2: (45.0, 27.0, 50.0)}
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste((200, 0, 0), (0, 0, 10, 40))  # the left edge lying is the top edge standing
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


def cmyk() -> bytes:
    buffer = io.BytesIO()
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def sixteen_bits() -> bytes:
    buffer = io.BytesIO()
    Image.new("I;16", (60, 40), 32_896).save(buffer, "PNG")
    return buffer.getvalue()


def palette_with_a_hole() -> bytes:
    picture = Image.new("P", (60, 40), 1)
    picture.putpalette([0, 255, 0, 200, 0, 0])
    picture.paste(0, (0, 0, 20, 40))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", transparency=0)
    return buffer.getvalue()


def with_profile() -> bytes:
    """Half grey, with a profile of linear light: shown without it, the picture would be far too dark."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    return picture_bytes(60, 40, "JPEG", icc_profile=profile.tobytes())


#: bytes, file name, size, and what the pixel at (5, 5) is: red, green, blue, opacity.
TAKEN = [
    pytest.param(picture_bytes(60, 40, "JPEG"), "photo.png", (60, 40), (180, 60, 40, 255), id="wrong name"),
    pytest.param(picture_bytes(60, 40, "AVIF"), "photo.avif", (60, 40), (180, 60, 40, 255), id="AVIF"),
    pytest.param(turned_with_place(), "turned.jpg", (40, 60), (200, 0, 0, 255), id="turned by its EXIF"),
    pytest.param(cmyk(), "press.jpg", (60, 40), (255, 0, 0, 255), id="CMYK"),
    pytest.param(sixteen_bits(), "deep.png", (60, 40), (128, 128, 128, 255), id="16 bits of grey"),
    pytest.param(palette_with_a_hole(), "flat.png", (60, 40), (0, 255, 0, 0), id="palette with a hole"),
    pytest.param(with_profile(), "odd.jpg", (60, 40), (180, 60, 40, 255), id="an odd profile"),
]


def nearly(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """The same colour, as far as a lossy picture keeps one; of what is seen through only that it is."""
    if wanted[3] == 0:
        return found[3] < 8
    return all(abs(a - b) <= 14 for a, b in zip(found, wanted, strict=True))

"""A film file without a film maker: AV1 pictures, one after the other, in an MP4.

Pillow writes a sequence of pictures as AVIF. What lies in there is a video track already, only said to be
pictures (ISO 23008-12); here its samples get the frame of a film (ISO 14496-12), with what a player reads
first at the front.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

QUALITY = 54
#: How hard the encoder thinks, from 0 to 10; at 7 a second of film takes about half a second.
SPEED = 7
MILLISECONDS = 1000
UNITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


@dataclass(frozen=True)
class Shot:
    """One picture and how many milliseconds it stands."""

    picture: Image.Image
    stands: int


@dataclass(frozen=True)
class _Sequence:
    """What is taken out of the AVIF: how its samples are described, which begin anew, and the samples."""

    entry: bytes
    anew: bytes
    samples: Sequence[bytes]


def as_mp4(shots: Sequence[Shot]) -> bytes:
    """The shots as a silent film, each as long as it stands."""
    first, *rest = shots
    kept = io.BytesIO()
    first.picture.save(
        kept,
        "AVIF",
        save_all=True,
        append_images=[shot.picture for shot in rest],
        duration=[shot.stands for shot in shots],
        quality=QUALITY,
        speed=SPEED,
        subsampling="4:2:0",
    )
    return _film(_taken_from(kept.getvalue()), [shot.stands for shot in shots], first.picture.size)


def _taken_from(avif: bytes) -> _Sequence:
    table = _inside(avif, b"moov", b"trak", b"mdia", b"minf", b"stbl")
    sizes = _inside(table, b"stsz")
    number = int.from_bytes(sizes[8:12], "big")
    lengths = struct.unpack(f">{number}I", sizes[12 : 12 + 4 * number])
    at = int.from_bytes(_inside(table, b"stco")[8:12], "big")
    samples = []
    for length in lengths:
        samples.append(avif[at : at + length])
        at += length
    return _Sequence(_inside(table, b"stsd"), _inside(table, b"stss"), samples)


def _inside(boxes: bytes, *path: bytes) -> bytes:
    """What lies in a box, by the names on the way to it."""
    at = 0
    while at < len(boxes):
        length = int.from_bytes(boxes[at : at + 4], "big")
        if boxes[at + 4 : at + 8] == path[0]:
            found = boxes[at + 8 : at + length]
            return _inside(found, *path[1:]) if len(path) > 1 else found
        at += length
    raise ValueError(f"No {path[0].decode()} in this file.")


def _film(taken: _Sequence, stands: Sequence[int], size: tuple[int, int]) -> bytes:
    head = _box(b"ftyp", b"isom" + _number(512) + b"isomav01iso2mp41")
    length = len(head) + len(_moov(taken, stands, size, 0)) + 8
    return head + _moov(taken, stands, size, length) + _box(b"mdat", *taken.samples)


def _moov(taken: _Sequence, stands: Sequence[int], size: tuple[int, int], begins: int) -> bytes:
    lasts = sum(stands)
    width, height = size
    times = b"".join(_number(1, stand) for stand in stands)
    lengths = b"".join(_number(len(sample)) for sample in taken.samples)
    table = _box(
        b"stbl",
        _box(b"stsd", taken.entry),
        _full(b"stts", _number(len(stands)), times),
        _full(b"stsc", _number(1, 1, len(stands), 1)),
        _full(b"stsz", _number(0, len(stands)), lengths),
        _full(b"stco", _number(1, begins)),
        _box(b"stss", taken.anew),
    )
    here = _box(b"dinf", _full(b"dref", _number(1), _full(b"url ", flags=1)))
    media = _box(
        b"mdia",
        _full(b"mdhd", _number(0, 0, MILLISECONDS, lasts), b"\x55\xc4\x00\x00"),
        _full(b"hdlr", _number(0), b"vide", bytes(12), b"film\x00"),
        _box(b"minf", _full(b"vmhd", bytes(8), flags=1), here, table),
    )
    shown = _full(
        b"tkhd", _number(0, 0, 1, 0, lasts), bytes(16), UNITY, _number(width << 16, height << 16), flags=3
    )
    film = _full(
        b"mvhd",
        _number(0, 0, MILLISECONDS, lasts, 0x10000),
        b"\x01\x00",
        bytes(10),
        UNITY,
        bytes(24),
        _number(2),
    )
    return _box(b"moov", film, _box(b"trak", shown, media))


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return _number(len(body) + 8) + name + body


def _full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, _number(flags), *parts)


def _number(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)

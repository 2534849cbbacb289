"""A product file as it arrives: looked at before anything is kept, and never held in memory."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from foundation import settings
from foundation.web.uploads import MEGABYTE
from storefront.sheets.actions import PIECE
from storefront.sheets.product_file import ProductFile

LARGEST = 1024 * MEGABYTE
# How much of a request is looked into that is too large to be taken: what stands before the file.
BEFORE_THE_FILE = 16 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that can be brought in: its fingerprint, its size in bytes, and the bytes themselves."""

    digest: str
    size: int
    stream: BinaryIO

    def pieces(self) -> Iterator[bytes]:
        """Its bytes from the beginning, a megabyte at a time."""
        self.stream.seek(0)
        while content := self.stream.read(PIECE):
            yield content


def looked_at(stream: BinaryIO, *, leaves_stock: bool) -> Upload:
    """Whether it is a product file, by its encoding and its first row. Raises `FileRefused`."""
    ProductFile(
        lambda: io.BufferedReader(_Again(stream)),
        currency=settings.current().currency,
        leaves_stock=leaves_stock,
    )
    digest, size = hashlib.sha256(), 0
    for content in Upload("", 0, stream).pieces():
        digest.update(content)
        size += len(content)
    return Upload(digest.hexdigest(), size, stream)


def ticked_before_the_file(body: BinaryIO, name: str) -> bool:
    """Whether a box was ticked in a form that is too large to be read: only its beginning is looked at."""
    return f'name="{name}"\r\n\r\ny'.encode() in body.read(BEFORE_THE_FILE)


class _Again(io.RawIOBase):
    """A stream from its beginning, that stays open when the reader is done."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

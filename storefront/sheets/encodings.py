"""How a product file is written: UTF-8 with or without its mark, or UTF-16 with one."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import BinaryIO

from storefront.sheets.faults import Fault, FileRefused

BLOCK = 1 << 20
# A workbook is a packed folder; the older kind has a mark of its own.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def encoding_of(open_file: Callable[[], BinaryIO]) -> tuple[str, bool]:
    """The name of the encoding, and whether there may be zero bytes among the text.

    Reads the file through, a block at a time. Raises `FileRefused`.
    """
    with open_file() as file:
        start = file.read(BLOCK)
        if not start.strip(b"\xef\xbb\xbf \r\n\t"):
            raise FileRefused(Fault.EMPTY)
        if start.startswith(WORKBOOKS):
            raise FileRefused(Fault.WORKBOOK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", True
        decoder = codecs.getincrementaldecoder("utf-8")()
        lines = read = 0
        zeros = False
        block = start
        try:
            while block:
                decoder.decode(block)
                read += len(block)
                zeros = zeros or b"\0" in block
                lines += block.count(b"\n")
                block = file.read(BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as problem:
            line = lines + block[: problem.start].count(b"\n") + 1
            raise FileRefused(Fault.NOT_UTF8, line=line, byte=read + problem.start) from problem
    return "utf-8-sig", zeros

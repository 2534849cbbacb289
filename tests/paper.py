"""What stands on a PDF, letter by letter."""

import re
import zlib


def letters_on(printed: bytes) -> set[str]:
    """Every letter its embedded faces are used for."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            plain = stream
        for listed in re.findall(rb"beginbfchar(.*?)endbfchar", plain, re.DOTALL):
            for code in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", listed):
                found.add(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found

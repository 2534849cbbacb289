"""Pages leave as gzip for whoever can read it: a list of 24 pieces is 8 KB on the way instead of 42.

The lowest level, because the page is made for one reader and squeezed at each asking: 0.4 ms of CPU for
that list, a tenth larger than the best level would have it. A page holds what its reader typed beside what is
theirs alone, and lengths are seen on the way, so each answer's is off by a random few bytes (Django does it
like this against BREACH: in the name that gzip has room for). What is built, /assets, lies ready-made
and does not pass here.
"""

from __future__ import annotations

import secrets
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Pairs = list[tuple[str, str]]

TYPES = ("text/html", "application/xml", "application/atom+xml", "text/xml")
# Smaller than one packet: nothing to gain.
LEAST_BYTES = 1_200
LEVEL = 1
MOST_PADDING = 100
# RFC 1952: magic, deflate, "a name follows", no time, fastest, no system named.
_HEADER = b"\x1f\x8b\x08\x08\0\0\0\0\x04\xff"


def squeeze(body: bytes) -> bytes:
    """The body as gzip, its length off by a random number of bytes."""
    name = b"x" * (1 + secrets.randbelow(MOST_PADDING)) + b"\0"
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(body) + deflate.flush()
    return b"".join([_HEADER, name, packed, struct.pack("<LL", zlib.crc32(body), len(body) & 0xFFFFFFFF)])


def init_app(app: Flask) -> None:
    answer = app.wsgi_app

    def squeezed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """A page of known length is squeezed; streams, files and answers to HEAD pass as they are."""
        read = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"))
        readable = read.quality("gzip") > 0 and environ["REQUEST_METHOD"] != "HEAD"
        held: list[tuple[str, Pairs, tuple[Any, ...]]] = []

        def start(status: str, given: Pairs, *more: Any) -> Callable[[bytes], object]:
            said = {name.lower(): value for name, value in given}
            if not _worth_it(said):
                return start_response(status, given, *more)
            given = [(name, value) for name, value in given if name.lower() != "vary"]
            given.append(("Vary", ", ".join(filter(None, (said.get("vary"), "Accept-Encoding")))))
            if not readable:
                return start_response(status, given, *more)
            held.append((status, given, more))
            return _nothing

        chunks = answer(environ, start)
        if not held:
            return chunks
        try:
            body = squeeze(b"".join(chunks))
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, given, more = held[0]
        given = [_of_two_forms(*pair) for pair in given if pair[0].lower() != "content-length"]
        given += [("Content-Length", str(len(body))), ("Content-Encoding", "gzip")]
        start_response(status, given, *more)
        return [body]

    app.wsgi_app = squeezed  # type: ignore[method-assign]


def _worth_it(said: dict[str, str]) -> bool:
    """Whether these headers announce a page of some length, once and whole."""
    length = said.get("content-length", "")
    return (
        length.isdecimal()
        and int(length) >= LEAST_BYTES
        and said.get("content-type", "").startswith(TYPES)
        and "content-encoding" not in said
    )


def _of_two_forms(name: str, value: str) -> tuple[str, str]:
    """A strong tag would promise the bytes of the plain page; a weak one is found again all the same."""
    strong = name.lower() == "etag" and not value.startswith("W/")
    return name, f"W/{value}" if strong else value


def _nothing(_data: bytes) -> None:
    """Nobody here writes by hand (PEP 3333's `write`)."""

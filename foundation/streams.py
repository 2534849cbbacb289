"""Long answers, a piece at a time: what is read does not pile up in memory, here or in the driver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context
from sqlalchemy import Engine, Executable, Row

ROWS = 500
BYTES = 32 * 1024


def rows_of(engine: Engine, statement: Executable) -> Iterator[Row[Any]]:
    """The rows of one SELECT by a cursor of the server, on a connection of its own.

    The request's transaction has ended when an answer begins to flow. One statement sees one moment, however
    long the reader takes; whoever stops reading ends it.
    """
    with engine.connect() as connection:
        yield from connection.execution_options(yield_per=ROWS).execute(statement)


def streamed(pieces: Iterable[str], mimetype: str) -> Response:
    """An answer that is sent while it is written, in blocks that are worth a packet.

    The reader's language and the shop's settings are there until its end; the request's transaction is not.
    """
    return Response(stream_with_context(_blocks(pieces)), mimetype=mimetype)


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= BYTES:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode()

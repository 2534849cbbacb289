"""Long answers, a piece at a time: what is read does not pile up in memory, here or in the driver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context
from sqlalchemy import ColumnElement, Engine, Row, Select, literal, tuple_

ROWS = 500
BYTES = 32 * 1024


def rows_of(
    engine: Engine, statement: Select[*tuple[Any, ...]], *key: ColumnElement[Any]
) -> Iterator[Row[Any]]:
    """The rows of a SELECT in the order of its key, `ROWS` at a time.

    Each batch is a statement of its own that goes on after the last key, on a connection that is given back
    before a word is sent: whoever reads slowly holds neither a connection nor what the database keeps for an
    old snapshot. A row that changes meanwhile is told as it was when its batch was read, once. The key has no
    two rows alike and no nulls.
    """
    named = (column.label(f"key_{number}") for number, column in enumerate(key))
    batch = statement.add_columns(*named).order_by(None).order_by(*key).limit(ROWS)
    wanted = batch
    while True:
        with engine.connect() as connection:
            rows = connection.execute(wanted).all()
        yield from rows
        if len(rows) < ROWS:
            return
        last = [literal(value, column.type) for column, value in zip(key, rows[-1][-len(key) :], strict=True)]
        # The first half says nothing new, but an index can begin there.
        wanted = batch.where(key[0] >= last[0], tuple_(*key) > tuple_(*last))


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

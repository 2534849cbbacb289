"""Which stored files a row names. A column of the type `FileKey`, or an array of them, is all it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ARRAY, Column, Select, String, Text, cast, func, literal, select, union

from foundation.db import Base, db


class FileKey(String):
    """The key of a stored file (see `keys.py`). What no such column names is taken away by `sweeping.py`."""


def naming_columns() -> list[Column[object]]:
    """Every column in which a stored file may be named, of all tables there are."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, FileKey)
        or (isinstance(column.type, ARRAY) and isinstance(column.type.item_type, FileKey))
    ]


def named_among(keys: Iterable[str]) -> set[str]:
    """Those of the keys that some row names, in one statement."""
    wanted = literal(sorted(set(keys)), ARRAY(Text))
    parts: list[Select[Any]] = []
    for column in naming_columns():
        if isinstance(column.type, ARRAY):
            parts.append(select(func.unnest(column)).where(column.overlap(cast(wanted, column.type))))
        else:
            parts.append(select(column).where(column == func.any(wanted)))
    found = {str(key) for key in db.session.scalars(union(*parts))}
    return found.intersection(keys)


def every_named(shelf: str) -> Iterator[str]:
    """Each key that begins with `shelf` and is named by a row, once, in order."""
    parts: list[Select[Any]] = []
    for column in naming_columns():
        if isinstance(column.type, ARRAY):
            keys = select(func.unnest(column).label("key")).subquery()
            parts.append(select(keys.c.key).where(keys.c.key.startswith(shelf)))
        else:
            parts.append(select(column).where(column.startswith(shelf)))
    yield from sorted(str(key) for key in db.session.scalars(union(*parts)))

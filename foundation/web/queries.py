"""SELECTs for the sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from foundation.db import db
from foundation.streams import rows_of

# The format allows 50,000 addresses a file; each page of ours has one for every language.
KEYS_A_PART = 20_000


@dataclass(frozen=True)
class Section:
    """A long list of pages: `prefix` and `name` make the path of each, `where` picks those that are shown."""

    prefix: str
    key: ColumnElement[int]
    name: ColumnElement[str]
    changed: ColumnElement[datetime]
    where: ColumnElement[bool]


def parts_of(section: Section) -> Sequence[Row[int, datetime]]:
    """Number and last change of each part of a section that has pages."""
    part = (section.key // KEYS_A_PART).label("part")
    # Grouped by the name, not by the expression again: its number would be another parameter.
    statement = select(part, func.max(section.changed)).where(section.where)
    return db.session.execute(statement.group_by("part").order_by("part")).all()


def pages_of(section: Section, part: int) -> Iterator[Row[Any]]:
    """Name and last change of each page of a part, read while they are sent."""
    first = part * KEYS_A_PART
    mine = section.key.between(first, first + KEYS_A_PART - 1)
    return rows_of(db.engine, select(section.name, section.changed).where(section.where, mine), section.key)

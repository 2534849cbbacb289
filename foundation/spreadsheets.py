"""Files that people open in a spreadsheet, or save from one. What it would work out stays as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from flask_babel import gettext as _

LARGEST_FILE = 1024 * 1024
# An apostrophe before it says "this is text". So many as there were already, and one: reading takes it away.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; `as_written` gives the text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text that `defused` made a cell of."""
    return cell[1:] if _DEFUSED.match(cell) else cell


class NotASheet(ValueError):
    """The file as a whole cannot be read; the message says why, in the reader's language."""


def sheet_of(content: bytes, *, most: int) -> tuple[list[str], list[list[str]]]:
    """A small CSV file as spreadsheets save it: the names of its columns in small letters, and its rows.

    Commas, semicolons or tabs; UTF-8, or what Windows writes in the west of Europe. Raises `NotASheet` when
    it is too large, no text, or has more than `most` rows.
    """
    if len(content) > LARGEST_FILE:
        raise NotASheet(_("The file is larger than one megabyte. Send it in parts."))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if "\0" in words:
        raise NotASheet(_("That is no CSV file."))
    first = words.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(words), delimiter=delimiter))
    except csv.Error:
        raise NotASheet(_("That is no CSV file.")) from None
    if len(rows) - 1 > most:
        raise NotASheet(_("More than %(most)s lines. Send it in parts.", most=most))
    return [cell.strip().lower() for cell in rows[0]] if rows else [], rows[1:]


def column_of(head: Sequence[str], names: Sequence[str]) -> int | None:
    """Where the column lies that has one of these names, the first of them that it finds."""
    return next((head.index(name) for name in names if name in head), None)


def cell_of(row: Sequence[str], place: int | None, longest: int = 255) -> str:
    """What stands in a column of a row; nothing where the row is shorter, or there is no such column."""
    return row[place].strip()[:longest] if place is not None and place < len(row) else ""

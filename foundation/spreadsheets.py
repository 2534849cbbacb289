"""Cells of files that people open in a spreadsheet: what would be worked out there is shown as it is."""

from __future__ import annotations

import re

# An apostrophe before it says "this is text". So many as there were already, and one: reading takes it away.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; `as_written` gives the text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text that `defused` made a cell of."""
    return cell[1:] if _DEFUSED.match(cell) else cell

"""Figures of a size guide: how they are typed and kept. How they are read is `catalog/size_guide.py`'s."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

MOST_MEASURES = 8
MOST_SIZES = 40
MOST_PIECES = 500
LONGEST_SIZE = 20
LONGEST_WORDS = 20

_ONE = r"(\d{1,3})(?:[.,](\d))?"
_FIGURE = re.compile(rf"{_ONE}(?:\s*(?:-|–|—|/|to|a)\s*{_ONE})?(?:\s*cm)?", re.IGNORECASE | re.ASCII)


class Unit(StrEnum):
    """What stands under a measure: centimetres, or words as they are written (sizes of other countries)."""

    CM = "cm"
    WORDS = "words"


class Reach(StrEnum):
    """Which pieces a guide is for: those of a department, a brand or both, or those hung in it by hand."""

    RANGE = "range"
    PIECES = "pieces"


def figure(typed: str) -> str:
    """Centimetres as they are kept: `88-92`, `23.5`; empty for nothing. Raises `ValueError` for all else.

    Reads `88 – 92 cm` and `23,5` as well; a span has to grow, and nothing is measured with 0.
    """
    plain = " ".join(typed.split())
    if not plain:
        return ""
    found = _FIGURE.fullmatch(plain)
    if found is None:
        raise ValueError(typed)
    low, low_tenth, high, high_tenth = found.groups()
    ends = [_millimetres(low, low_tenth)]
    if high is not None:
        ends.append(_millimetres(high, high_tenth))
    if ends != sorted(set(ends)) or not ends[0]:
        raise ValueError(typed)
    return "-".join(f"{mm // 10}.{mm % 10}" if mm % 10 else str(mm // 10) for mm in ends)


def rows_from(pasted: str) -> list[list[str]]:
    """A table copied out of a spreadsheet: lines of cells between tabs or semicolons; no empty lines."""
    sign = "\t" if "\t" in pasted else ";"
    rows = [[" ".join(cell.split()) for cell in line.split(sign)] for line in pasted.splitlines()]
    return [row for row in rows if any(row)]


def without_row(sizes: Sequence[str], known: Sequence[str]) -> list[str]:
    """Sizes for which a table has no row; small and large letters are the same."""
    have = {size.casefold() for size in known}
    return [size for size in sizes if size.casefold() not in have]


def _millimetres(whole: str, tenth: str | None) -> int:
    return int(whole) * 10 + int(tenth or 0)

"""Which size fits which body: tables in centimetres for each department, shown for the sizes a product has.

Body measures, not those of the garment. Letters and Italian sizes step by 4 cm around the middle sizes; a
shoe's is the foot it is made for: two thirds of a centimetre a size (the Paris point), less 1.5 cm of room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

CHEST, WAIST, HIPS, FOOT = _l("Chest"), _l("Waist"), _l("Hips"), _l("Foot length")

_LETTERS: Mapping[str, Sequence[str]] = {
    "XXS": ("76–80", "58–62", "82–86"),
    "XS": ("80–84", "62–66", "86–90"),
    "S": ("84–88", "66–70", "90–94"),
    "M": ("88–92", "70–74", "94–98"),
    "L": ("92–98", "74–80", "98–104"),
    "XL": ("98–104", "80–86", "104–110"),
    "XXL": ("104–110", "86–92", "110–116"),
    "3XL": ("110–116", "92–98", "116–122"),
}
_ITALIAN: Mapping[str, Sequence[str]] = {
    str(size): (str(chest), str(chest - 18), str(chest + 8))
    for size, chest in zip(range(36, 56, 2), range(76, 116, 4), strict=True)
}
_SHOES = range(35, 49)
CLOTHES = frozenset({"tops", "knitwear", "outerwear", "dresses"})
BELOW = frozenset({"skirts", "trousers"})


@dataclass(frozen=True)
class SizeGuide:
    """A table: what is measured, in cm, and for each size its figures as they are written."""

    measures: Sequence[Any]
    rows: Sequence[tuple[str, Sequence[str]]]


def size_guide(category: str, sizes: Sequence[str]) -> SizeGuide | None:
    """The table of a department for these sizes, in their order; None where we know of fewer than two."""
    if category == "shoes":
        measures: Sequence[Any] = (FOOT,)
        known: Mapping[str, Sequence[str]] = {
            str(size): (format_decimal(round(size * 2 / 3 - 1.5, 1)),) for size in _SHOES
        }
        rows = [(size, known[size]) for size in sizes if size in known]
    elif category in CLOTHES | BELOW:
        # Below the waist nobody asks for the chest.
        first = 1 if category in BELOW else 0
        measures = (CHEST, WAIST, HIPS)[first:]
        both = {**_LETTERS, **_ITALIAN}
        rows = [(size, tuple(both[size.upper()][first:])) for size in sizes if size.upper() in both]
    else:
        return None
    return SizeGuide(measures, rows) if len(rows) > 1 else None

"""Which size fits which body, as the page of a product shows it: a table with a row for each size it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from foundation.i18n import pick
from foundation.web.formats import reader_locale

# Below this a centimetre matters, and shoemakers count in eighths of an inch; above it quarters do.
FINE_MM = 400
_EIGHTHS = ("", "⅛", "¼", "⅜", "½", "⅝", "¾", "⅞")


@dataclass(frozen=True)
class Column:
    """What is measured and how, in the reader's language; `unit` is `cm` or, for no length, `words`."""

    name: str
    how: str
    unit: str


@dataclass(frozen=True)
class Figure:
    """A cell as it is read: in centimetres (or in its own words), and in inches where it is a length."""

    said: str
    inches: str = ""


@dataclass(frozen=True)
class SizeGuide:
    """A table: columns, and for each size its figures."""

    words: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Figure]]]

    @property
    def in_lengths(self) -> bool:
        """Whether anything in it is a length, which some read in inches."""
        return any(column.unit == "cm" for column in self.columns)

    @property
    def explained(self) -> Sequence[Column]:
        """The columns that say how to measure."""
        return [column for column in self.columns if column.how]


def size_guide(said: str | None, sizes: Sequence[str] | None = None) -> SizeGuide | None:
    """The table for these sizes, in their order, or the whole of it for None; None without a row to show.

    `said` is JSON: words in both languages, columns as (name, Italian, how, Italian, unit), rows as (size,
    figures); null for no guide. Small and large letters of a size are the same.
    """
    if not said:
        return None
    words, words_it, columns, rows = orjson.loads(said)
    told = [
        Column(pick(name, name_it), pick(how, how_it), unit)
        for name, name_it, how, how_it, unit in columns or ()
    ]
    known = {size.casefold(): figures for size, figures in rows or ()}
    wanted = [size for size, _figures in rows or ()] if sizes is None else sizes
    shown = [(size, _cells(told, known[size.casefold()])) for size in wanted if size.casefold() in known]
    return SizeGuide(pick(words, words_it), told, shown) if shown and told else None


def in_inches(kept: str) -> str:
    """A figure in inches, to the quarter (or the eighth of what is short): `34¾–36¼`."""
    ends = [_inches(end) for end in kept.split("-")] if kept else []
    return "–".join(dict.fromkeys(ends))


def _cells(columns: Sequence[Column], figures: Sequence[str]) -> list[Figure]:
    decimal = reader_locale().number_symbols["latn"]["decimal"]
    return [
        Figure(figure.replace("-", "–").replace(".", decimal), in_inches(figure))
        if column.unit == "cm"
        else Figure(figure)
        for column, figure in zip(columns, figures, strict=True)
    ]


def _inches(end: str) -> str:
    whole, _, tenth = end.partition(".")
    mm = int(whole) * 10 + int(tenth or 0)
    step = 1 if mm < FINE_MM else 2
    # 254 tenths of a millimetre are an inch: half up to the next step.
    steps = (mm * 10 * (8 // step) * 2 + 254) // (2 * 254)
    inches, eighths = divmod(steps * step, 8)
    return f"{inches or ''}{_EIGHTHS[eighths]}" or "0"

"""Lines of a delivery as people type them or a file brings them: article number and how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from foundation.spreadsheets import NotASheet, cell_of, column_of, sheet_of
from storefront.stock.errors import NotCounted, QuantityRefused
from storefront.stock.listing import known_codes
from storefront.stock.policy import MOST_AT_ONCE

MOST_LINES = 2000
LONGEST = 255
CODES = ("sku", "variant sku", "barcode", "ean", "article number", "article", "codice", "articolo")
NUMBERS = ("quantity", "qty", "pieces", "how many", "quantità", "quantita", "pezzi")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as people count it, an article number or barcode, and how many as typed."""

    number: int
    code: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a line."""

    number: int
    said: str


def typed_lines(codes: Sequence[str], quantities: Sequence[str]) -> list[Line]:
    """The lines of the form; those left empty are passed over."""
    pairs = zip(codes[:MOST_LINES], quantities[:MOST_LINES], strict=False)
    lines = [
        Line(number, code.strip()[:LONGEST], many.strip()) for number, (code, many) in enumerate(pairs, 1)
    ]
    return [line for line in lines if line.code or line.quantity]


def file_lines(content: bytes) -> list[Line]:
    """The lines of a CSV file: a column of article numbers or barcodes, and one of quantities.

    Raises `NotASheet` when it cannot be read, or has no such columns.
    """
    head, rows = sheet_of(content, most=MOST_LINES)
    code, many = column_of(head, CODES), column_of(head, NUMBERS)
    if code is None or many is None:
        raise NotASheet(_("The first row must name two columns: sku (or barcode) and quantity."))
    lines = [
        Line(number, cell_of(row, code, LONGEST), cell_of(row, many, LONGEST))
        for number, row in enumerate(rows, start=2)
    ]
    return [line for line in lines if line.code or line.quantity]


def understood(lines: Iterable[Line]) -> tuple[Mapping[int, int], list[Wrong]]:
    """Pieces by variant, the same one on several lines added up; and what is wrong, line by line."""
    lines = list(lines)
    known: dict[str, list[tuple[int, bool]]] = {}
    for variant_id, sku, barcode, tracked in known_codes(sorted({line.code for line in lines if line.code})):
        for code in {sku, barcode}:
            known.setdefault(code, []).append((variant_id, tracked))
    wanted: dict[int, int] = {}
    wrong: list[Wrong] = []
    for line in lines:
        found = known.get(line.code, [])
        said = _fault(line, found)
        if said:
            wrong.append(Wrong(line.number, said))
            continue
        variant_id = found[0][0]
        wanted[variant_id] = wanted.get(variant_id, 0) + int(line.quantity)
        if wanted[variant_id] > MOST_AT_ONCE:
            wrong.append(Wrong(line.number, str(QuantityRefused.sentence)))
    return wanted, wrong


def _fault(line: Line, found: Sequence[tuple[int, bool]]) -> str | None:
    if not line.code:
        return _("The article number is missing.")
    if not found:
        return _("No piece on sale has the number %(code)s.", code=line.code[:40])
    if len(found) > 1:
        return _("Two pieces have the number %(code)s. Use the barcode.", code=line.code[:40])
    if not found[0][1]:
        return str(NotCounted.sentence)
    if not line.quantity.isascii() or not line.quantity.isdecimal() or len(line.quantity) > 6:
        return str(QuantityRefused.sentence)
    if not 0 < int(line.quantity) <= MOST_AT_ONCE:
        return str(QuantityRefused.sentence)
    return None

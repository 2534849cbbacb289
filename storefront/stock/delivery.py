"""Lines of a delivery as people type them or a file brings them: article number and how many."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.stock.errors import NotCounted, QuantityRefused
from storefront.stock.listing import known_codes
from storefront.stock.policy import MOST_AT_ONCE

MOST_LINES = 2000
LARGEST_FILE = 1024 * 1024
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


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message says why, in the reader's language."""


def typed_lines(codes: Sequence[str], quantities: Sequence[str]) -> list[Line]:
    """The lines of the form; those left empty are passed over."""
    pairs = zip(codes[:MOST_LINES], quantities[:MOST_LINES], strict=False)
    lines = [
        Line(number, code.strip()[:LONGEST], many.strip()) for number, (code, many) in enumerate(pairs, 1)
    ]
    return [line for line in lines if line.code or line.quantity]


def file_lines(content: bytes) -> list[Line]:
    """The lines of a CSV file: a column of article numbers or barcodes, and one of quantities.

    Raises `FileRefused` when it is too large, no text, or has no such columns.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused(_("The file is larger than one megabyte. Send it in parts."))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if "\0" in words:
        raise FileRefused(_("That is no CSV file."))
    first = words.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(words), delimiter=delimiter))
    except csv.Error:
        raise FileRefused(_("That is no CSV file.")) from None
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    code, many = _column(head, CODES), _column(head, NUMBERS)
    if code is None or many is None:
        raise FileRefused(_("The first row must name two columns: sku (or barcode) and quantity."))
    if len(rows) - 1 > MOST_LINES:
        raise FileRefused(_("More than %(most)s lines. Send it in parts.", most=MOST_LINES))
    lines = [Line(number, _cell(row, code), _cell(row, many)) for number, row in enumerate(rows[1:], start=2)]
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


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip()[:LONGEST] if place < len(row) else ""

"""Reading a product file as a stream: a first pass counts, a second gives products in batches.

The first pass notes in which row each handle appears last. So a file that keeps a product's rows together is
read with one product in memory, and one that scatters them is still read right.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from marshmallow import ValidationError

from foundation import ids
from storefront.catalog.columns import FileRefused, column_name, meanings
from storefront.catalog.drafts import ProductDraft
from storefront.catalog.product_rows import ReadRow, Wrong, build_product
from storefront.catalog.schemas import RowSchema

LONGEST_CELL = 4 * 1024 * 1024
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Refusal:
    """Why a product is left out, or a row that belongs to none: told with the file's own words."""

    row: int
    column: str
    handle: str
    reason: str

    def __str__(self) -> str:
        whose = f" ({self.handle})" if self.handle else ""
        return f"row {self.row}, column {self.column}{whose}: {self.reason}"


@dataclass(frozen=True)
class ReadProduct:
    """One product of the file: a draft, or the reasons why it is left out."""

    handle: str
    rows: int
    draft: ProductDraft | None
    refusals: tuple[Refusal, ...] = ()


@dataclass
class _Group:
    rows: list[ReadRow] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    count: int = 0


class ProductFile:
    """A product file, looked through once: `row_count` rows of `handle_count` products after the header.

    Raises `FileRefused` when it is no such file.
    """

    def __init__(self, path: Path, *, currency: str) -> None:
        self._path = path
        self._schema = RowSchema(currency=currency)
        self._encoding = _encoding(path)
        self._last: dict[str, int] = {}
        self.row_count = 0
        with self._open() as stream:
            self._separator = _separator(stream)
        for number, handle, _ in self._rows():
            self.row_count += 1
            self._last[handle] = number

    @property
    def handle_count(self) -> int:
        return len(self._last)

    def products(self) -> Iterator[ReadProduct]:
        """Every product, when its last row was read."""
        open_groups: dict[str, _Group] = {}
        for number, handle, cells in self._rows():
            group = open_groups.setdefault(handle, _Group())
            group.count += 1
            self._take(group, number, cells)
            if self._last[handle] == number:
                yield self._finish(handle, open_groups.pop(handle))

    def _take(self, group: _Group, number: int, cells: dict[str, str] | str) -> None:
        if isinstance(cells, str):
            group.wrong.append(Wrong(number, "handle", cells))
            return
        try:
            values: dict[str, Any] = self._schema.load({key: text for key, text in cells.items() if text})
        except ValidationError as problem:
            for column, reasons in problem.normalized_messages().items():
                group.wrong.append(Wrong(number, str(column), " ".join(reasons)))
            return
        group.rows.append(ReadRow(number, values, frozenset(self._names)))

    def _finish(self, handle: str, group: _Group) -> ReadProduct:
        wrong = group.wrong
        if not wrong:
            result = build_product(handle, group.rows)
            if isinstance(result, ProductDraft):
                return ReadProduct(handle, group.count, result)
            wrong = result
        refusals = tuple(
            Refusal(entry.row, column_name(entry.column, self._names), handle, entry.reason)
            for entry in sorted(wrong, key=lambda entry: entry.row)
        )
        return ReadProduct(handle, group.count, None, refusals)

    def _rows(self) -> Iterator[tuple[int, str, dict[str, str] | str]]:
        """Row number, handle, and the cells by meaning, or what is wrong with the row as a whole."""
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self._separator, strict=True)
            header = _header(reader)
            keys = meanings(header)
            self._names = {key: name for key, name in zip(keys, header, strict=True) if key}
            number, handle = 1, ""
            while True:
                number += 1
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error as problem:
                    # It cannot be said whose row this is: the product before it is left out as well.
                    yield number, handle, f"The row cannot be read: {problem}."
                    continue
                if not any(cell.strip() for cell in row):
                    continue
                cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key}
                handle = _handle(cells)
                if not handle:
                    yield number, "", "The handle is missing."
                    continue
                if any(cell.strip() for cell in row[len(header) :]):
                    yield number, handle, f"The row has {len(row)} cells, the first row has {len(header)}."
                    continue
                if any("\0" in cell for cell in row):
                    yield number, handle, "There is a zero byte in the row."
                    continue
                if "status" in cells:
                    cells["status"] = cells["status"].casefold()
                yield number, handle, cells

    def _open(self) -> TextIO:
        return self._path.open(encoding=self._encoding, newline="")


def _handle(cells: dict[str, str]) -> str:
    """The handle as it is written, or made from the title: only the title is needed."""
    written = cells.get("handle", "").casefold()
    if not written:
        written = ids.slug(cells.get("title", ""), limit=200)
    if "handle" in cells or written:
        cells["handle"] = written
    return written


def _header(reader: Any) -> list[str]:
    try:
        return next(reader)
    except StopIteration:
        raise FileRefused("The file is empty.") from None
    except csv.Error as problem:
        raise FileRefused(f"The first row cannot be read: {problem}.") from problem


def _separator(stream: TextIO) -> str:
    """A comma; some spreadsheets write a semicolon or a tab where the comma is the decimal mark."""
    line = stream.readline()
    return max(SEPARATORS, key=line.count)


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with one. Reads the file through, a block at a time."""
    with path.open("rb") as file:
        start = file.read(2)
        if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        read = 0
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
                read += len(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as problem:
            raise FileRefused(
                f"The file is not UTF-8 (near byte {read + problem.start}). Save it as “CSV UTF-8”."
            ) from problem
    return "utf-8-sig"


csv.field_size_limit(LONGEST_CELL)

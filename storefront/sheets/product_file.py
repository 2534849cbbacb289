"""Reading a product file as a stream: looked through once, then read a product at a time.

The first look finds the handles whose rows lie apart. So a file that keeps a product's rows together is read
with one product in memory, and one that scatters them is still read right: those products come last.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import Any, BinaryIO, TextIO

from foundation import ids
from storefront.catalog.drafts import ProductDraft
from storefront.sheets.columns import OF_A_VARIANT, column_name, meanings
from storefront.sheets.encodings import encoding_of
from storefront.sheets.faults import Fault, FileRefused, Said, said
from storefront.sheets.product_rows import ReadRow, Wrong, build_product, variant_rows
from storefront.sheets.schemas import RowSchema

LONGEST_CELL = 4 * 1024 * 1024
SEPARATORS = ",;\t"
# Rows of products that lie apart are held until the end: so many, and no more.
MOST_HELD = 50_000
# Another reading of the same file is another file: raise it when what a cell means changes.
READING = 1
BUCKETS = 64
OF_A_COUNT = ("title", "quantity", *OF_A_VARIANT)

Row = tuple[int, list[str]]
OpenFile = Callable[[], BinaryIO]


@dataclass(frozen=True)
class Refusal:
    """Why a product is left out, or a row that belongs to none: told with the file's own words."""

    row: int
    column: str
    handle: str
    reason: Said

    def __str__(self) -> str:
        whose = f" ({self.handle})" if self.handle else ""
        return f"row {self.row}, column {self.column}{whose}: {self.reason}"


@dataclass
class FileProduct:
    """The rows of one handle as they stand in the file; in `wrong` those that could not be cut into cells."""

    handle: str
    rows: list[Row] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    count: int = 0
    last_row: int = 0
    weight: int = 0  # characters
    # What `ProductFile` made of it, once: a thread that reads ahead does so before it is asked for.
    digest: str = ""
    said: ProductDraft | tuple[Refusal, ...] | None = None

    def take(self, number: int, row: list[str] | Said) -> None:
        """One more row."""
        self.count += 1
        self.last_row = number
        if isinstance(row, list):
            self.rows.append((number, row))
            self.weight += sum(map(len, row))
        else:
            self.wrong.append(Wrong(number, "handle", row))


class ProductFile:
    """A product file: its first row read, and the others when they are asked for.

    `open_file` gives its bytes from the beginning, as often as asked. With `leaves_stock` its counts are
    passed over. Raises `FileRefused` when it is no such file.
    """

    def __init__(self, open_file: OpenFile, *, currency: str, leaves_stock: bool = False) -> None:
        self._open_file = open_file
        self._schema = RowSchema(currency=currency)
        self._encoding, self._zeros = encoding_of(open_file)
        with self._open() as stream:
            self._separator = _separator(stream)
        with self._open() as stream:
            header = _header(csv.reader(stream, delimiter=self._separator, strict=True))
        keys = meanings(header)
        passed_over = ("quantity",) if leaves_stock else ()
        self._width = len(header)
        self._at = [(index, key) for index, key in enumerate(keys) if key and key not in passed_over]
        self._names = {key: header[index] for index, key in self._at}
        self._columns = frozenset(self._names)
        self._handle_at = keys.index("handle") if "handle" in keys else None
        self._title_at = keys.index("title")
        how = [str(READING), currency, str(leaves_stock), *header]
        self._seed = blake2b("\x1f".join(how).encode(), digest_size=16)

    @property
    def row_count(self) -> int:
        """How many rows follow the first that are not blank. Raises `FileRefused`."""
        return self._looked[0]

    @cached_property
    def _looked(self) -> tuple[int, frozenset[int]]:
        try:
            return self._look_through()
        except UnicodeDecodeError as problem:  # UTF-16 that breaks off
            raise FileRefused(Fault.NOT_UTF8, line=1, byte=problem.start) from problem

    def products(self, skip: int = 0) -> Iterator[FileProduct]:
        """Every product in a fixed order, when its last row was read; the first `skip` of them left out.

        Raises `FileRefused` when more rows lie apart than can be held.
        """
        return islice(self._grouped(), skip, None)

    def read(self, product: FileProduct) -> ProductDraft | tuple[Refusal, ...]:
        """What its rows say; or why it is left out."""
        if product.said is None:
            product.said = self._understand(product)
        return product.said

    def _understand(self, product: FileProduct) -> ProductDraft | tuple[Refusal, ...]:
        wrong = list(product.wrong)
        rows = [self._read_row(number, row, product.handle, wrong) for number, row in product.rows]
        if not wrong:
            result = build_product(product.handle, rows, self.digest(product))
            if isinstance(result, ProductDraft):
                return result
            wrong = result
        return tuple(
            self.refusal(entry, product.handle) for entry in sorted(wrong, key=lambda entry: entry.row)
        )

    def refusal(self, wrong: Wrong, handle: str) -> Refusal:
        """What is wrong, with the column as this file calls it."""
        return Refusal(wrong.row, column_name(wrong.column, self._names), handle, wrong.reason)

    def digest(self, product: FileProduct) -> str:
        """The same for the same words under the same columns."""
        if not product.digest:
            digest = self._seed.copy()
            for _, row in product.rows:
                digest.update("\x1f".join(row).encode("utf-8", "surrogatepass"))
                digest.update(b"\x1e")
            product.digest = digest.hexdigest()
        return product.digest

    def counts(self, product: FileProduct) -> list[int | None]:
        """How many of each variant there are, in order, where the file says so. Raises `CellRefused`."""
        at = [(index, key) for index, key in self._at if key in OF_A_COUNT]
        rows = [
            ReadRow(
                number, {key: row[index].strip() for index, key in at if row[index].strip()}, self._columns
            )
            for number, row in product.rows
        ]
        first = next((row for row in rows if "title" in row.values), None)
        if first is None:
            return []
        said_counts = (row.values.get("quantity") for row in variant_rows(rows, first))
        return [None if text is None else self._schema.cell("quantity", text) for text in said_counts]

    def _read_row(self, number: int, row: list[str], handle: str, wrong: list[Wrong]) -> ReadRow:
        # Most cells of a file are empty, and are asked nothing more.
        cells = {key: text for index, key in self._at if (cell := row[index]) and (text := cell.strip())}
        cells["handle"] = handle
        values, refused = self._schema.read(cells)
        wrong += [Wrong(number, key, reason) for key, reason in refused]
        return ReadRow(number, values, self._columns)

    def _look_through(self) -> tuple[int, frozenset[int]]:
        """How many rows there are, and which handles (by their hash) stand in more than one place."""
        count, before = 0, ""
        runs: list[array[int]] = [array("q") for _ in range(BUCKETS)]
        for _, handle, _ in self._rows():
            count += 1
            if handle != before:
                before = handle
                runs[hash(handle) % BUCKETS].append(hash(handle))
        return count, frozenset(found for bucket in runs for found in _twice(bucket))

    def _grouped(self) -> Iterator[FileProduct]:
        apart = self._looked[1]
        held: dict[str, FileProduct] = {}
        number_held = 0
        group: FileProduct | None = None
        for number, handle, row in self._rows():
            if group is not None and (handle != group.handle or not handle):
                yield group
                group = None
            if handle and hash(handle) in apart:
                number_held += 1
                if number_held > MOST_HELD:
                    raise FileRefused(Fault.SCATTERED, row=number)
                held.setdefault(handle, FileProduct(handle)).take(number, row)
                continue
            if group is None:
                group = FileProduct(handle)
            group.take(number, row)
        if group is not None:
            yield group
        yield from held.values()

    def _rows(self) -> Iterator[tuple[int, str, list[str] | Said]]:
        """Row number, handle, and the cells as they stand, or what is wrong with the row as a whole."""
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self._separator, strict=True)
            next(reader)
            number, handle, width = 1, "", self._width
            while True:
                number += 1
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    # It cannot be said whose row this is: the product before it is left out as well.
                    yield number, handle, said(Fault.ROW_BROKEN)
                    continue
                if len(row) != width:
                    beyond = any(cell.strip() for cell in row[width:])
                    cells = len(row)
                    row = (row + [""] * (width - cells))[:width]
                    if beyond:
                        handle = self._handle_of(row)
                        yield number, handle, said(Fault.TOO_MANY_CELLS, cells=cells, columns=width)
                        continue
                handle = self._handle_of(row)
                if not handle:
                    if any(cell.strip() for cell in row):
                        yield number, "", said(Fault.NO_HANDLE)
                    continue
                if self._zeros and any("\0" in cell for cell in row):
                    yield number, handle, said(Fault.ZERO_BYTE)
                    continue
                yield number, handle, row

    def _handle_of(self, row: list[str]) -> str:
        """The handle as it is written, or made from the title: only the title is needed."""
        written = row[self._handle_at].strip().casefold() if self._handle_at is not None else ""
        if self._zeros:  # no column of a table holds one: the row is refused, under what is left of its name
            written = written.replace("\0", "")
        return written or ids.slug(row[self._title_at].strip(), limit=200)

    def _open(self) -> TextIO:
        return io.TextIOWrapper(self._open_file(), encoding=self._encoding, newline="")


def _twice(hashes: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for one in hashes:
        if one in seen:
            yield one
        seen.add(one)


def _header(reader: Any) -> list[str]:
    try:
        return next(reader)
    except StopIteration:
        raise FileRefused(Fault.EMPTY) from None
    except csv.Error as problem:
        raise FileRefused(Fault.HEADER_BROKEN) from problem


def _separator(stream: TextIO) -> str:
    """A comma; some spreadsheets write a semicolon or a tab where the comma is the decimal mark."""
    line = stream.readline(LONGEST_CELL)
    return max(SEPARATORS, key=line.count)


csv.field_size_limit(LONGEST_CELL)

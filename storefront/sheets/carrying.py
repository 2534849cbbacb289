"""Carrying an import to its end, batch by batch: one transaction each, so that killing it costs a batch."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO

from foundation import settings
from foundation.db import unit_of_work
from storefront.sheets.actions import (
    Taken,
    fail_import,
    start_reading,
    take_batch,
    take_up,
    unlike_the_shop,
)
from storefront.sheets.ahead import one_ahead
from storefront.sheets.faults import FileRefused
from storefront.sheets.product_file import FileProduct, OpenFile, ProductFile
from storefront.sheets.queries import piece

# A batch is as many products, or as many characters where descriptions are long: what is in memory at once.
BATCH, HEAVIEST = 1000, 4_000_000


def carry_on(
    run_id: int, open_file: OpenFile, told: Callable[[ProductFile, Taken], None] | None = None
) -> bool:
    """Read a file on from where its import has come to; True when that was to the end.

    `told` hears of each batch that is in. What the file itself makes impossible fails the import.
    """
    with unit_of_work():
        run = take_up(run_id=run_id)
    if run is None:
        return False
    try:
        file = ProductFile(open_file, currency=settings.current().currency, leaves_stock=run.leaves_stock)
        rows_total = file.row_count
        with unit_of_work():
            place = start_reading(run_id=run_id, rows_total=rows_total)
        with application_left_out():
            return place is not None and _read_on(run_id, place, file, told)
    except FileRefused as refused:
        with unit_of_work():
            fail_import(run_id=run_id, reason=refused.said)
        return False


@contextmanager
def application_left_out() -> Iterator[None]:
    """Collections of garbage pass over what is there already: the application, not what a file brings.

    A batch makes so many rows that all of the application was looked through again and again, a third of our
    own processor time between two statements.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _read_on(
    run_id: int, place: int, file: ProductFile, told: Callable[[ProductFile, Taken], None] | None
) -> bool:
    with closing(one_ahead(_understood(file, batches(file.products(skip=place))))) as ready:
        for batch, last in ready:
            with unit_of_work():
                taken = take_batch(run_id=run_id, place=place, file=file, batch=batch, last=last)
            if taken is None:
                return False
            place += taken.products
            if told is not None:
                told(file, taken)
    return True


def _understood(
    file: ProductFile, batches: Iterator[list[FileProduct]]
) -> Iterator[tuple[list[FileProduct], bool]]:
    """Each batch with what will be asked of it read already, and whether it is the last.

    What is unlike the shop is asked again when the batch is taken in: this is only a guess at the work.
    """
    for batch, last in with_last(batches):
        for product in unlike_the_shop(file, batch):
            file.read(product)
        yield batch, last


def batches(products: Iterable[FileProduct]) -> Iterator[list[FileProduct]]:
    """Whole products, so many that a batch is worth its transaction and fits into memory.

    A handle that stands in a batch already begins the next one: rows that cannot be read may break a product
    in two.
    """
    batch: list[FileProduct] = []
    weight, handles = 0, set[str]()
    for product in products:
        if len(batch) == BATCH or weight + product.weight > HEAVIEST or product.handle in handles:
            if batch:
                yield batch
            batch, weight, handles = [], 0, set()
        batch.append(product)
        weight += product.weight
        if product.handle:
            handles.add(product.handle)
    if batch:
        yield batch


def with_last(batches: Iterator[list[FileProduct]]) -> Iterator[tuple[list[FileProduct], bool]]:
    """Each batch, and whether it is the last; an empty one when there is none."""
    batch = next(batches, [])
    for following in batches:
        yield batch, False
        batch = following
    yield batch, True


def kept_file(run_id: int) -> BinaryIO:
    """The bytes of a file that somebody sent, read as they are needed."""
    return io.BufferedReader(_Pieces(run_id))


class _Pieces(io.RawIOBase):
    def __init__(self, run_id: int) -> None:
        self._run_id, self._number, self._left = run_id, 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = piece(self._run_id, self._number) or b""
            self._number += 1
        given = self._left[: len(buffer)]
        self._left = self._left[len(given) :]
        buffer[: len(given)] = given
        return len(given)

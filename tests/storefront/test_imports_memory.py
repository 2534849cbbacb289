"""What a file of any size needs of memory: a batch of it, whether it is read, brought in or written."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from benchmarks.sheets import write_sheet
from storefront.sheets.carrying import batches
from storefront.sheets.product_file import ProductFile

SMALL, LARGE = 2_000, 6_000


def peak_of_reading(folder: Path, products: int) -> int:
    """The most bytes that were held while a file of so many products was understood, batch by batch."""
    path = folder / f"{products}.csv"
    write_sheet(path, products)
    file = ProductFile(lambda: path.open("rb"), currency="EUR")
    tracemalloc.start()
    number = 0
    for batch in batches(file.products()):
        number += len([file.read(product) for product in batch])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number == products
    return peak


@pytest.mark.timeout(180)
def test_a_file_three_times_as_large_needs_no_more_memory(tmp_path: Path) -> None:
    small, large = peak_of_reading(tmp_path, SMALL), peak_of_reading(tmp_path, LARGE)
    assert large < 1.2 * small, (small, large)

"""How long a shop takes to bring a product file in, over what PostgreSQL takes for the same bytes alone.

The control is COPY of the file into a table of texts without an index: nobody could take it in faster, and
no shop could be run on it. Both commit durably. The import is what the command does, all of it: both looks at
the file, products, variants, prices, movements, pictures with their jobs, the audit, documents of the search.
The same file is then brought in again.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.sheets import write_sheet
from foundation.actors import Actor
from foundation.db import unit_of_work
from storefront.sheets.actions import begin_import
from storefront.sheets.carrying import carry_on
from storefront.sheets.exporting import HEADER
from wsgi import create_app

PRODUCTS = 100_000
CLERK = Actor.system("benchmarks")
BLOCK = 1 << 20


@dataclass(frozen=True)
class Times:
    """Seconds by the clock: bare COPY, the first import, the second one of the same file."""

    products: int
    bare: float
    first: float
    again: float


def measure_import(url: str, home: Path, products: int) -> Times:
    """Bring a file of `products` products into the shop twice, with the control before, between and after."""
    sheet = home / "products.csv"
    write_sheet(sheet, products)
    app = create_app({"DATABASE_URL": url, "DATA_DIR": str(home / "data"), "LOG_LEVEL": "WARNING"})
    bare = [_copy(url, sheet)]
    with app.app_context():
        first = _bring_in(sheet, "first")
        bare.append(_copy(url, sheet))
        again = _bring_in(sheet, "again")
    bare.append(_copy(url, sheet))
    return Times(products, statistics.median(bare), first, again)


def _bring_in(sheet: Path, name: str) -> float:
    began = time.perf_counter()
    with unit_of_work():
        run = begin_import(actor=CLERK, name=name, digest=name, size=sheet.stat().st_size)
    if not carry_on(run.id, lambda: sheet.open("rb")):
        raise RuntimeError("the import did not come to its end")
    return time.perf_counter() - began


def _copy(url: str, sheet: Path) -> float:
    columns = ", ".join(f"cell_{number} text" for number in range(len(HEADER)))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE bare ({columns})")
        try:
            began = time.perf_counter()
            with (
                connection.cursor().copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy,
                sheet.open("rb") as file,
            ):
                while block := file.read(BLOCK):
                    copy.write(block)
            return time.perf_counter() - began
        finally:
            connection.execute("DROP TABLE bare")

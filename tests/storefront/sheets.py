"""Product files brought in at once, for tests that need an import that was there."""

from __future__ import annotations

import io

from foundation.actors import Actor
from storefront.sheets.actions import begin_import, start_reading, take_batch
from storefront.sheets.product_file import ProductFile

ONE_LEFT_OUT = b"Handle,Title,Variant Price\nfilo,Filo belt,29.90\norlo,Orlo skirt,free\n"


def brought_in(content: bytes = ONE_LEFT_OUT, name: str = "autumn.csv", actor: Actor | None = None) -> int:
    """The import of a file, done; call it inside `work()`."""
    run = begin_import(
        actor=actor or Actor.system("catalog import"), name=name, digest=name, size=len(content)
    )
    file = ProductFile(lambda: io.BytesIO(content), currency="EUR")
    start_reading(run_id=run.id, rows_total=file.row_count)
    take_batch(run_id=run.id, place=0, file=file, batch=list(file.products()), last=True)
    return run.id

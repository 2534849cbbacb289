from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from foundation import settings
from foundation.actors import Actor
from foundation.db import db, unit_of_work
from storefront.catalog.actions import Outcome, save_products
from storefront.catalog.columns import FileRefused
from storefront.catalog.product_file import ProductFile, ReadProduct

BATCH = 200
REFUSED = 2

catalog = AppGroup("catalog", help="The products of the shop.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check everything, keep nothing.")
def import_command(file: Path, dry_run: bool) -> None:
    """Take in a product FILE: Shopify's CSV, the current dialect or the older one.

    Products are known by their handle: those we have are updated, the others made. A product with something
    wrong in it is left out whole and told by row, column and reason; the others go in. A stock figure is a
    count: it replaces what is there, sales since the file was written included. Leave the column out to leave
    stock alone. Exits with 2 when anything was left out.
    """
    try:
        products = ProductFile(file, currency=settings.current().currency)
    except FileRefused as problem:
        click.echo(f"{file.name}: {problem}")
        raise SystemExit(REFUSED) from None
    counts = dict.fromkeys(Outcome, 0)
    refused = 0
    with click.progressbar(
        length=products.row_count, label="Reading products", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        for batch in _batches(products.products()):
            for product in batch:
                for refusal in product.refusals:
                    click.echo(str(refusal))
                refused += product.draft is None
            for outcome, number in _keep(batch, dry_run).items():
                counts[outcome] += number
            bar.update(sum(product.rows for product in batch))
    click.echo(_summary(products, counts, refused, dry_run))
    if refused:
        raise SystemExit(REFUSED)


def _keep(batch: list[ReadProduct], dry_run: bool) -> dict[Outcome, int]:
    """A batch is one transaction: a killed import leaves whole batches, and running it again is safe."""
    drafts = [product.draft for product in batch if product.draft is not None]
    actor = Actor.system("catalog import")
    counts = dict.fromkeys(Outcome, 0)
    with unit_of_work():
        for saved in save_products(actor=actor, drafts=drafts):
            counts[saved.outcome] += 1
        if dry_run:
            db.session.rollback()
    return counts


def _batches(products: Iterator[ReadProduct]) -> Iterator[list[ReadProduct]]:
    while batch := list(islice(products, BATCH)):
        yield batch


def _summary(products: ProductFile, counts: dict[Outcome, int], refused: int, dry_run: bool) -> str:
    begin = "Nothing was kept (dry run). " if dry_run else ""
    return (
        f"{begin}{_counted(products.row_count, 'row')}, {_counted(products.handle_count, 'product')}: "
        f"{counts[Outcome.NEW]} new, "
        f"{counts[Outcome.CHANGED]} changed, {counts[Outcome.UNCHANGED]} unchanged, {refused} left out."
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def init_app(app: Flask) -> None:
    app.cli.add_command(catalog)

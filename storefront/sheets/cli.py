from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import IO

import click
from flask import Flask
from flask.cli import AppGroup

from foundation import settings
from foundation.actors import Actor
from foundation.db import db, leave_transaction, unit_of_work
from storefront.catalog.actions import Outcome
from storefront.sheets.actions import Taken, begin_import, resume_import, stop_import, take_in
from storefront.sheets.carrying import batches, carry_on
from storefront.sheets.errors import ImportUnderWay
from storefront.sheets.exporting import product_sheet
from storefront.sheets.faults import FileRefused
from storefront.sheets.models import ImportRun
from storefront.sheets.product_file import ProductFile
from storefront.sheets.queries import run_by_id, stopped_command

REFUSED = 2
ACTOR = Actor.system("catalog import")

catalog = AppGroup("catalog", help="The products of the shop.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check everything, keep nothing.")
@click.option("--leave-stock", is_flag=True, help="Pass over the counts in the file.")
@click.option("--from-start", is_flag=True, help="Begin again where this file was stopped before.")
def import_command(file: Path, dry_run: bool, leave_stock: bool, from_start: bool) -> None:
    """Take in a product FILE: Shopify's CSV, the current dialect or the older one.

    Products are known by their handle: those we have are updated, the others made. A product with something
    wrong in it is left out whole and told by row, column and reason; the others go in. A stock figure is a
    count: it replaces what is there, sales since the file was written included. Leave the column out, or say
    --leave-stock, to leave stock alone. Ctrl-C stops it after whole products; the same command again goes on
    there. Exits with 2 when anything was left out.
    """
    try:
        read = ProductFile(
            lambda: file.open("rb"), currency=settings.current().currency, leaves_stock=leave_stock
        )
        tally = _Tally(read.row_count, dry_run)
    except FileRefused as problem:
        click.echo(f"{file.name}: {problem}")
        raise SystemExit(REFUSED) from None
    with tally.bar:
        if dry_run:
            _try_out(read, tally)
        else:
            _bring_in(file, leave_stock, from_start, tally)
    click.echo(tally.summary())
    if tally.refused:
        raise SystemExit(REFUSED)


@catalog.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
def export_command(file: IO[str]) -> None:
    """Write all products into FILE (or show them): Shopify's CSV, which the import takes back unchanged."""
    for lines in product_sheet():
        file.write(lines)


class _Tally:
    """What became of the file so far, for whoever watches."""

    def __init__(self, rows: int, dry_run: bool) -> None:
        self.rows = self.products = self.refused = 0
        self.counts = dict.fromkeys(Outcome, 0)
        self._dry_run = dry_run
        hidden = not sys.stderr.isatty()
        self.bar = click.progressbar(length=rows, label="Reading products", file=sys.stderr, hidden=hidden)

    def note(self, file: ProductFile, taken: Taken) -> None:
        """One more batch is in."""
        for refusals in taken.refused:
            for refusal in refusals:
                click.echo(str(refusal))
        self.refused += len(taken.refused)
        for outcome, number in taken.counts.items():
            self.counts[outcome] += number
        self.rows += taken.rows
        self.products += taken.products
        self.bar.update(taken.rows)

    def go_on_after(self, run: ImportRun) -> None:
        """Some of it is in since the last time."""
        click.echo(f"Going on after row {run.rows_read + 1}, where this file was stopped.")
        self.rows, self.products, self.refused = run.rows_read, run.products_read, run.products_refused
        self.counts[Outcome.NEW] = run.products_new
        self.counts[Outcome.CHANGED] = run.products_changed
        self.counts[Outcome.UNCHANGED] = run.products_unchanged
        self.bar.update(run.rows_read)

    def summary(self) -> str:
        """One sentence with all the figures."""
        begin = "Nothing was kept (dry run). " if self._dry_run else ""
        return (
            f"{begin}{_counted(self.rows, 'row')}, {_counted(self.products, 'product')}: "
            f"{self.counts[Outcome.NEW]} new, {self.counts[Outcome.CHANGED]} changed, "
            f"{self.counts[Outcome.UNCHANGED]} unchanged, {self.refused} left out."
        )


def _try_out(file: ProductFile, tally: _Tally) -> None:
    for batch in batches(file.products()):
        with unit_of_work():
            taken = take_in(actor=ACTOR, file=file, batch=batch)
            db.session.rollback()
        tally.note(file, taken)


def _bring_in(file: Path, leave_stock: bool, from_start: bool, tally: _Tally) -> None:
    digest = _digest(file)
    stopped = None if from_start else stopped_command(digest, leave_stock)
    leave_transaction()
    try:
        with unit_of_work():
            if stopped is not None:
                run = resume_import(actor=ACTOR, run_id=stopped.id)
            else:
                run = begin_import(
                    actor=ACTOR,
                    name=file.name,
                    digest=digest,
                    size=file.stat().st_size,
                    leaves_stock=leave_stock,
                )
    except ImportUnderWay as other:
        click.echo(str(other))
        raise SystemExit(REFUSED) from None
    if stopped is not None:
        tally.go_on_after(run)
    try:
        finished = carry_on(run.id, lambda: file.open("rb"), tally.note)
    except BaseException:
        db.session.rollback()
        with unit_of_work():
            stop_import(actor=ACTOR, run_id=run.id)
        click.echo(f"\nStopped: {tally.summary()} The same command again goes on from here.")
        raise
    if not finished:
        _say_why(run.id, tally)


def _say_why(run_id: int, tally: _Tally) -> None:
    """Somebody stopped it from a page, or the file could not be read on."""
    run = run_by_id(run_id)
    assert run is not None
    click.echo(str(run.reason) if run.reason is not None else f"Stopped by somebody. {tally.summary()}")
    raise SystemExit(REFUSED)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def init_app(app: Flask) -> None:
    app.cli.add_command(catalog)

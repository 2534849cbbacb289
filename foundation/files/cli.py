"""`flask --app wsgi files copy|verify|sweep`."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from foundation import settings
from foundation.files import storage
from foundation.files.folder import Folder
from foundation.files.keys import SHELVES
from foundation.files.moving import Copied, copy, verify
from foundation.files.sweeping import sweep
from foundation.settings import SettingsRefused

files = AppGroup("files", help="Move and check the stored pictures.")


@files.command("copy")
@click.option("--to", type=click.Choice(["s3", "folder"]), required=True, help="Where they shall lie.")
def copy_command(to: str) -> None:
    """Copy every stored file from the other place. Nothing is removed; a second run does what is left."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        chosen = settings.current()
        source = storage.place_called(Folder.name if to == "s3" else "s3", chosen)
        target = storage.place_called(to, chosen)
    except SettingsRefused as problem:
        raise click.ClickException(str(problem)) from problem
    done = Copied()
    for shelf, done in enumerate(copy(app, source, target), start=1):
        click.echo(f"{shelf * 100 // len(SHELVES):3} %  {done.files} copied, {done.there} there already")
    click.echo(f"{done.files} files copied ({done.bytes} bytes), {done.there} were there already.")


@files.command("verify")
def verify_command() -> None:
    """Read every file again: is it what its name says, and is none missing? Exit 1 when not."""
    findings = 0
    for finding, key in verify(storage.current()):
        findings += 1
        click.echo(f"{finding.value:8} {key}")
    click.echo(f"{findings} findings in {storage.current().name}.")
    if findings:
        sys.exit(1)


@files.command("sweep")
def sweep_command() -> None:
    """Delete what no row has named for a month, as the nightly job does."""
    click.echo(f"{sweep()} files deleted.")


def init_app(app: Flask) -> None:
    app.cli.add_command(files)

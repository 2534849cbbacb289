from __future__ import annotations

import gc

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from foundation.jobs.queue import run_worker


@click.command("worker")
@click.option("--once", is_flag=True, help="Run what is due, then stop.")
@click.option("--concurrency", default=4, show_default=True)
@with_appcontext
def worker_command(once: bool, concurrency: int) -> None:
    """Run the background work until stopped."""
    gc.freeze()  # the application stays: no collection goes through it again, and the end comes sooner
    run_worker(current_app._get_current_object(), wait=not once, concurrency=concurrency)  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    app.cli.add_command(worker_command)

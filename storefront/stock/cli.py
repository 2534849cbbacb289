from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from flask import Flask
from flask.cli import AppGroup

from foundation.db import leave_transaction
from storefront.stock.proof import verify

stock = AppGroup("stock", help="What lies where.")


@stock.command("verify")
def verify_command() -> None:
    """Add up every movement again and compare with what lies at each place; exit 1 when they differ."""
    proof = verify()
    leave_transaction()
    for difference in proof.differences:
        click.echo(f"Does not fit: {json.dumps(asdict(difference))}", err=True)
    if proof.ok:
        click.echo(f"{proof.movements} movements and {proof.levels} levels agree.")
    click.echo(json.dumps(asdict(proof)))
    if not proof.ok:
        sys.exit(1)


def init_app(app: Flask) -> None:
    app.cli.add_command(stock)

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from flask.cli import AppGroup

from commissions.accruals.jobs import mature_all
from commissions.statements.proof import as_line, verify
from foundation.db import leave_transaction

commissions_group = AppGroup("commissions", help="What editors earn: make it payable, prove the books.")


@commissions_group.command("mature")
def mature_command() -> None:
    """Make payable whose time to return has passed."""
    click.echo(json.dumps({"matured": mature_all()}))


@commissions_group.command("verify")
def verify_command() -> None:
    """Derive every balance again from orders, refunds and payouts; exit 1 with the first row that does
    not fit.
    """
    proof = verify()
    leave_transaction()
    answer = asdict(proof)
    if proof.ok:
        del answer["fault"], answer["row"]
        click.echo(as_line(proof))
    else:
        click.echo(as_line(proof), err=True)
    click.echo(json.dumps(answer))
    if not proof.ok:
        sys.exit(1)

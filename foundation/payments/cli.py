"""`flask --app wsgi payments setup|doctor|reconcile`."""

from __future__ import annotations

import sys
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from foundation import clock
from foundation.money import decimal_text
from foundation.payments import doctor
from foundation.payments.errors import PaymentsProblem
from foundation.payments.reconcile import look
from foundation.payments.setup import ensure_destinations
from foundation.settings import Settings

payments = AppGroup("payments", help="Set up, check and reconcile payments at Stripe.")


def _base_url() -> str:
    settings: Settings = current_app.extensions["vetrina.settings"]
    return settings.base_url


def _give_up(problem: PaymentsProblem) -> None:
    click.echo(f"{problem} [{problem!r}]", err=True)
    sys.exit(1)


@payments.command("setup")
def setup_command() -> None:
    """Tell Stripe where to send its messages and keep the secrets."""
    try:
        made = ensure_destinations(base_url=_base_url())
    except PaymentsProblem as problem:
        _give_up(problem)
        return
    for name, fresh in made.items():
        click.echo(f"{name}: {'made' if fresh else 'there already'}")


@payments.command("doctor")
def doctor_command() -> None:
    """Try every right the key needs; exit 1 when one is missing."""
    findings = doctor.examine(base_url=_base_url())
    for finding in findings:
        click.echo(f"{'ok     ' if finding.well else 'MISSING'} {finding.what}  {finding.advice}".rstrip())
    if not all(finding.well for finding in findings):
        sys.exit(1)


@payments.command("reconcile")
@click.option("--days", default=30, show_default=True, help="How far back to look.")
def reconcile_command(days: int) -> None:
    """List every difference between our books and Stripe's, and what to do; exit 1 when there is one."""
    try:
        found = look(since=clock.now() - timedelta(days=days))
    except PaymentsProblem as problem:
        _give_up(problem)
        return
    for difference in found.differences:
        click.echo(str(difference))
        click.echo(f"    {difference.act}")
    for total in found.totals:
        sums = [f"{decimal_text(each)} {each.currency}" for each in (total.here, total.there, total.fees)]
        click.echo(f"{total.count} x {total.kind}: {sums[0]} here, {sums[1]} at Stripe, fees {sums[2]}")
    click.echo(f"{len(found.differences)} difference(s) in the last {days} days")
    if found.differences:
        sys.exit(1)


def init_app(app: Flask) -> None:
    app.cli.add_command(payments)

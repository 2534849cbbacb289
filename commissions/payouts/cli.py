from __future__ import annotations

import json
from datetime import datetime

import click
from flask.cli import AppGroup

from commissions.payouts.actions import prepare_run
from commissions.payouts.approval_queries import undecided_runs
from commissions.payouts.approving import approve_run
from commissions.payouts.jobs import send_run
from commissions.payouts.models import PayoutRun
from commissions.payouts.queries import lines_of, open_runs, run_by_id, run_total, runs
from foundation import settings
from foundation.accounts.models import Account
from foundation.accounts.permissions import Permission
from foundation.accounts.queries import account_by_email
from foundation.db import leave_transaction, unit_of_work
from foundation.errors import Problem
from foundation.money import Money, decimal_text
from foundation.web.amounts import end_of

payouts_group = AppGroup("payouts", help="Pay the editors: prepare, approve (by someone else), send.")
by_option = click.option("--by", "email", required=True, help="E-mail of the member of staff who does it.")
run_option = click.option(
    "--run", "run_id", type=int, help="Number of the run; by default the one it must be."
)


@payouts_group.command("prepare")
@by_option
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only what was payable by the end of that day on the shop's clock.",
)
def prepare_command(email: str, until: datetime | None) -> None:
    """Put what everybody is owed into a preview. Nothing is sent."""
    shop = settings.current()
    try:
        with unit_of_work():
            who = _staff(email, Permission.PAYOUTS_PREPARE)
            run = prepare_run(
                actor=who.as_staff(),
                account_id=who.id,
                currency=shop.currency,
                minimum=Money(shop.payout_minimum_minor, shop.currency),
                until=end_of(until.date(), shop.timezone) if until else None,
            )
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    _tell(run.id)


@payouts_group.command("approve")
@by_option
@run_option
def approve_command(email: str, run_id: int | None) -> None:
    """Approve a run; above the limit never by the person who prepared it. The worker sends it, or
    `payouts send`.
    """
    waiting = [run.id for run in undecided_runs()]
    number = run_id or (waiting[0] if waiting else 0)
    shop = settings.current()
    try:
        with unit_of_work():
            who = _staff(email, Permission.PAYOUTS_APPROVE)
            verdict = approve_run(
                actor=who.as_staff(),
                account_id=who.id,
                run_id=number,
                alone=Money(shop.payout_alone_minor, shop.currency),
            )
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(json.dumps({"verdict": verdict.value}))
    _tell(number)


@payouts_group.command("send")
@run_option
def send_command(run_id: int | None) -> None:
    """Send what is left of approved runs, also what was blocked or refused before."""
    numbers = [run_id] if run_id else list(open_runs())
    leave_transaction()
    sent, trouble = 0, []
    for number in numbers:
        try:
            sent += send_run(number, by_hand=True)
        except Problem as problem:
            trouble.append(f"run {number}: {problem}")
    click.echo(json.dumps({"runs": len(numbers), "sent": sent}))
    for number in numbers:
        _tell(number)
    if trouble:
        raise click.ClickException("; ".join(trouble))


@payouts_group.command("status")
@run_option
def status_command(run_id: int | None) -> None:
    """Say how the runs stand, one line a payout."""
    if run_id:
        _tell(run_id)
        return
    for total in runs(limit=12):
        click.echo(json.dumps(_summary(total.run)))


def _staff(email: str, permission: Permission) -> Account:
    account = account_by_email(email)
    if account is None or permission not in account.permissions:
        raise click.ClickException(f"{email} is nobody who may do this.")
    return account


def _tell(run_id: int) -> None:
    run = run_by_id(run_id)
    if run is None:
        raise click.ClickException("There is no such payout run.")
    for line in lines_of(run_id):
        payout = line.payout
        amount = f"{decimal_text(payout.amount)} {payout.currency}"
        note = f"  {payout.reason}" if payout.reason else ""
        click.echo(f"  {payout.editor.handle:<24} {amount:>14}  {payout.status}{note}")
    click.echo(json.dumps(_summary(run)))
    leave_transaction()


def _summary(run: PayoutRun) -> dict[str, object]:
    total = run_total(run)
    return {
        "run": run.id,
        "status": str(run.status),
        "payouts": total.count,
        "amount_minor": total.amount.minor,
        "sent": total.sent_count,
        "sent_minor": total.sent.minor,
        "currency": run.currency,
    }

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from foundation.accounts import actions
from foundation.accounts.duties import as_table, duties
from foundation.accounts.forms import SHORTEST_PASSWORD
from foundation.accounts.permissions import Role
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import unit_of_work

SHELL = Actor.system("command line")


@click.group("accounts")
def accounts_group() -> None:
    """People who sign in."""


@accounts_group.command("create")
@click.argument("email")
@click.option("--name", default="", help="What we call them.")
@click.option("--language", default="en", type=click.Choice(["en", "it"]))
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@click.password_option()
@with_appcontext
def create(email: str, name: str, language: str, roles: tuple[str, ...], password: str) -> None:
    """Make an account, with staff roles if wanted: the first owner of a shop is made here."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.UsageError(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    with unit_of_work():
        if account_by_email(email) is not None:
            raise click.UsageError(f"There is an account for {email} already.")
        account = actions.sign_up(actor=SHELL, email=email, password=password, name=name, language=language)
        for role in roles:
            actions.grant_role(actor=SHELL, account_id=account.id, role=Role(role), reason="made by command")
    click.echo(f"Made {email}" + (f" with {', '.join(roles)}." if roles else "."))


@accounts_group.command("grant")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--reason", required=True, help="Why; kept in the audit.")
@with_appcontext
def grant(email: str, role: str, reason: str) -> None:
    """Give somebody a staff role."""
    with unit_of_work():
        actions.grant_role(actor=SHELL, account_id=_known(email), role=Role(role), reason=reason)
    click.echo(f"{email} is now {role}.")


@accounts_group.command("withdraw")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--reason", required=True, help="Why; kept in the audit.")
@with_appcontext
def withdraw(email: str, role: str, reason: str) -> None:
    """Take a staff role back, from the next page on."""
    with unit_of_work():
        actions.withdraw_role(actor=SHELL, account_id=_known(email), role=Role(role), reason=reason)
    click.echo(f"{email} is no longer {role}.")


@accounts_group.command("permissions")
@click.argument("package", default="")
@with_appcontext
def permissions(package: str) -> None:
    """Print who may do what, as Markdown: of all staff pages, or of those of a PACKAGE."""
    click.echo(as_table(duties(current_app, package)))


def _known(email: str) -> int:
    account = account_by_email(email)
    if account is None:
        raise click.UsageError(f"There is no account for {email}.")
    return account.id


def init_app(app: Flask) -> None:
    app.cli.add_command(accounts_group)

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from foundation.accounts import actions
from foundation.accounts.forms import SHORTEST_PASSWORD
from foundation.accounts.permissions import Role
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import unit_of_work


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
    actor = Actor.system("command line")
    with unit_of_work():
        if account_by_email(email) is not None:
            raise click.UsageError(f"There is an account for {email} already.")
        account = actions.sign_up(actor=actor, email=email, password=password, name=name, language=language)
        for role in roles:
            actions.grant_role(actor=actor, account_id=account.id, role=Role(role), reason="made by command")
    click.echo(f"Made {email}" + (f" with {', '.join(roles)}." if roles else "."))


def init_app(app: Flask) -> None:
    app.cli.add_command(accounts_group)

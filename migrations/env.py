"""Alembic's way into the application: run by `flask --app wsgi db ...`."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """procrastinate's tables are its own: their SQL comes with the library, not from our models.

    The months of clicks are made by a job; what a month has, it has from the table they are parts of.
    """
    of = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return not (name or "").startswith("procrastinate_") and not (of or "").startswith("clicks_")


def run() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=is_ours,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

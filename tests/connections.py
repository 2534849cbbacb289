"""Connections that remember how a statement is carried out for as long as they live.

psycopg forgets its prepared statements with every rollback, in case it took a table back, and every page that
is only read ends with one. The tests make no tables, and what they ask is planned for rows that are hardly
there: a third of PostgreSQL's time was planning the same statements again.
"""

from typing import Any

import psycopg
from psycopg._preparing import PrepareManager
from sqlalchemy import Engine, event


class Remembering(PrepareManager):
    """Keeps more statements than psycopg does, and keeps them when something is rolled back."""

    prepared_max = 1000

    def clear(self) -> bool:
        """Forget nothing."""
        return False


def remember_statements() -> None:
    """Let every engine of this process open such connections."""
    event.listen(Engine, "do_connect", _open)


def _open(dialect: Any, record: Any, arguments: list[Any], named: dict[str, Any]) -> psycopg.Connection[Any]:
    opened: psycopg.Connection[Any] = psycopg.connect(*arguments, **named)
    opened._prepared = Remembering()
    return opened

"""The cursor of every connection: it says which columns a result has in as few words as its readers need."""

from __future__ import annotations

from typing import Any, cast

import psycopg
from psycopg import Column


class Cursor(psycopg.Cursor[Any]):
    """psycopg's cursor without an object for each column of each result.

    SQLAlchemy asks for the columns of every result and reads their names and types alone. Making an object of
    each was a tenth of the processor time of what goes through the session.
    """

    @property
    def description(self) -> list[Column] | None:
        """Name and type of each column, as DB-API orders them; None when the statement gave no rows."""
        result = self.pgresult
        if not result or not result.nfields:
            return super().description
        columns = [
            ((result.fname(at) or b"").decode(), result.ftype(at), None, None, None, None, None)
            for at in range(result.nfields)
        ]
        return cast("list[Column]", columns)

"""What an editor is owed is divided by one at a time: a run takes it, or the editor does, never both."""

from __future__ import annotations

from sqlalchemy import text

from foundation.db import db

_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('what editors are owed'))")


def in_turn() -> None:
    """Wait until nobody else puts payable money anywhere, and keep others waiting until commit.

    A run gathers what is owed in one statement, which sees nothing that is committed while it runs: whoever
    takes of it beside a run has to come before that statement or after.
    """
    db.session.execute(_ALONE)

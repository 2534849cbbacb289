from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from foundation import clock
from foundation.db import db, past_the_session
from foundation.errors import TooMany
from foundation.limits.models import Attempt

# In the driver's words: kept on a connection of its own, where it is a transaction in one statement.
_COUNT = """
    INSERT INTO attempts (key, window_start, tries) VALUES (%(key)s, %(window)s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries
"""


def spend_try(*, purpose: str, subject: str, limit: int, per: timedelta) -> None:
    """Count one try of `subject` (an address, an account) at `purpose`; raises `TooMany` over `limit`.

    Counted on a connection of its own: a refused log-in rolls its request back, and the count must stay.
    """
    seconds = int(per.total_seconds())
    window = datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)
    key = hashlib.sha256(f"{purpose}\0{subject}".encode()).hexdigest()
    with past_the_session() as connection:
        found = connection.execute(_COUNT, {"key": key, "window": window}).fetchone()
    if found is None or found[0] > limit:
        raise TooMany()


def forget_old_tries(*, older_than: timedelta) -> None:
    """Drop counts nobody will ask for again."""
    db.session.execute(delete(Attempt).where(Attempt.window_start < clock.now() - older_than))

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from foundation import clock
from foundation.db import db
from foundation.errors import TooMany
from foundation.limits.models import Attempt


def spend_try(*, purpose: str, subject: str, limit: int, per: timedelta) -> None:
    """Count one try of `subject` (an address, an account) at `purpose`; raises `TooMany` over `limit`.

    Counted on a connection of its own: a refused log-in rolls its request back, and the count must stay.
    """
    seconds = int(per.total_seconds())
    window = datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)
    key = hashlib.sha256(f"{purpose}\0{subject}".encode()).hexdigest()
    statement = (
        insert(Attempt)
        .values(key=key, window_start=window, tries=1)
        .on_conflict_do_update(
            index_elements=[Attempt.key, Attempt.window_start], set_={"tries": Attempt.tries + 1}
        )
        .returning(Attempt.tries)
    )
    with db.engine.begin() as connection:
        tries = connection.execute(statement).scalar_one()
    if tries > limit:
        raise TooMany()


def forget_old_tries(*, older_than: timedelta) -> None:
    """Drop counts nobody will ask for again."""
    db.session.execute(delete(Attempt).where(Attempt.window_start < clock.now() - older_than))

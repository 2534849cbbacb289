from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from psycopg import Connection
from psycopg.errors import UniqueViolation
from sqlalchemy import delete

from commissions.clicks.models import CreditChoice, VisitorSalt
from commissions.clicks.policy import hour_of
from editors.links.queries import LinkHit
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

# Whoever is first makes the salt. The update changes nothing: it is there so that a second one gets it back.
_SALT = """
    INSERT INTO visitor_salts (day, salt) VALUES (%(day)s, %(salt)s)
    ON CONFLICT (day) DO UPDATE SET day = excluded.day
    RETURNING salt
"""
SALTS_KEPT = timedelta(days=2)

# One statement: the row of this visit and hour, counted when it is the visitor's first in that hour.
_RECORD = """
    INSERT INTO clicks
        (link_id, editor_id, look_id, visit_id, visitor_hash, hour, first_at, last_at, own, counted)
    VALUES (%(link)s, %(editor)s, %(look)s, %(visit)s, %(visitor)s, %(hour)s, %(now)s, %(now)s, %(own)s,
            NOT %(own)s AND NOT EXISTS (
                SELECT 1 FROM clicks WHERE link_id = %(link)s AND visitor_hash = %(visitor)s
                                       AND hour = %(hour)s AND counted))
    ON CONFLICT (link_id, visit_id, hour) DO UPDATE SET last_at = excluded.last_at
    RETURNING id
"""


def record_click(
    *,
    actor: Actor,
    hit: LinkHit,
    visit: str,
    visitor: bytes,
    own: bool,
    connection: Connection[Any] | None = None,
) -> int:
    """Write down a visit by a link and return the row's id. Again in the same hour only `last_at` moves.

    Two first requests of one visitor at the same moment: the index on what is counted lets one through,
    and the other is written uncounted. The hot route passes its own `connection`, on which the statement
    commits by itself; without one it belongs to the session's transaction.
    """
    moment = clock.now()
    values = {
        "link": hit.link_id,
        "editor": hit.editor_id,
        "look": hit.look_id,
        "visit": visit,
        "visitor": visitor,
        "hour": hour_of(moment),
        "now": moment,
        "own": own,
    }
    if connection is None:
        return _written(db.session.connection().exec_driver_sql(_RECORD, values).one())
    try:
        return _written(connection.execute(_RECORD, values).fetchone())
    except UniqueViolation:
        return _written(connection.execute(_RECORD, values).fetchone())


def salt_of_day(*, day: date, connection: Connection[Any]) -> bytes:
    """The salt for the visitor hashes of a day, made now if nobody came by a link yet.

    On the hot route's connection, which commits by itself: two processes that ask at once get the same one.
    """
    row = connection.execute(_SALT, {"day": day, "salt": secrets.token_bytes(32)}).fetchone()
    assert row is not None
    return bytes(row[0])


def forget_old_salts() -> None:
    """Delete the salts of the days before yesterday."""
    oldest = clock.now().date() - SALTS_KEPT
    db.session.execute(delete(VisitorSalt).where(VisitorSalt.day <= oldest))


def _written(row: Any) -> int:
    return int(row[0])


def choose_credit(*, actor: Actor, visit: str, editor_id: int | None) -> None:
    """The shopper says who is to be credited for this visit from now on; None is nobody."""
    db.session.add(CreditChoice(visit_id=visit, editor_id=editor_id, at=clock.now()))
    db.session.flush()

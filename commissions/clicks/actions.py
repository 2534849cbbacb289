from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.errors import UniqueViolation

from commissions.clicks.models import CreditChoice
from commissions.clicks.policy import hour_of
from editors.links.queries import LinkHit
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

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


def _written(row: Any) -> int:
    return int(row[0])


def choose_credit(*, actor: Actor, visit: str, editor_id: int | None) -> None:
    """The shopper says who is to be credited for this visit from now on; None is nobody."""
    db.session.add(CreditChoice(visit_id=visit, editor_id=editor_id, at=clock.now()))
    db.session.flush()

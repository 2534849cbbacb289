from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from commissions.clicks.models import CreditChoice
from commissions.clicks.policy import hour_of
from editors.links.queries import LinkHit
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

# One statement: the row of this visit and hour, counted when it is the visitor's first in that hour.
_RECORD = text(
    """
    INSERT INTO clicks
        (link_id, editor_id, look_id, visit_id, visitor_hash, hour, first_at, last_at, own, counted)
    VALUES (:link, :editor, :look, :visit, :visitor, :hour, :now, :now, :own,
            NOT :own AND NOT EXISTS (SELECT 1 FROM clicks WHERE link_id = :link AND visitor_hash = :visitor
                                     AND hour = :hour AND counted))
    ON CONFLICT (link_id, visit_id, hour) DO UPDATE SET last_at = excluded.last_at
    RETURNING id
    """
)


def record_click(
    *, actor: Actor, hit: LinkHit, visit: str, visitor: bytes, own: bool, now: datetime | None = None
) -> int:
    """Write down a visit by a link and return the row's id. Again in the same hour only `last_at` moves.

    Two first requests of one visitor at the same moment: the index on what is counted lets one through,
    and the other is written uncounted.
    """
    moment = now or clock.now()
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
    try:
        return int(db.session.execute(_RECORD, values).scalar_one())
    except IntegrityError:
        db.session.rollback()
        return int(db.session.execute(_RECORD, values).scalar_one())


def choose_credit(*, actor: Actor, visit: str, editor_id: int | None) -> None:
    """The shopper says who is to be credited for this visit from now on; None is nobody."""
    db.session.add(CreditChoice(visit_id=visit, editor_id=editor_id, at=clock.now()))
    db.session.flush()

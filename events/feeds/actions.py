"""The address of a calendar: made when somebody asks for it, and anew when they want the old one ended."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from events.feeds.models import EveningFeed
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db


def new_address(*, actor: Actor, account_id: int) -> str:
    """A secret for the calendar of an account; one before it ends. Two at once: the later one holds."""
    values = {"secret": ids.token(), "made_at": clock.now()}
    db.session.execute(
        insert(EveningFeed)
        .values(account_id=account_id, **values)
        .on_conflict_do_update(index_elements=["account_id"], set_=values)
    )
    audit.record(actor=actor, action="events.feed", subject=("account", account_id))
    return str(values["secret"])

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from editors.membership.models import Editor, EditorStatus
from events.calendar.models import Event, EventStatus
from foundation.db import db


def without_host(now: datetime) -> Sequence[Event]:
    """Approved events to come whose host's membership rests or has ended, the nearest first."""
    return db.session.scalars(
        select(Event)
        .join(Event.editor)
        .options(contains_eager(Event.editor), joinedload(Event.place))
        .where(
            Event.status == EventStatus.APPROVED,
            Event.starts_at > now,
            Editor.status != EditorStatus.ACTIVE,
        )
        .order_by(Event.starts_at, Event.id)
    ).all()


def hosts_of_store(place_id: int, but: int, limit: int = 6) -> Sequence[Editor]:
    """Active editors who call this store theirs, to be thought of first."""
    return db.session.scalars(
        select(Editor)
        .where(Editor.store_id == place_id, Editor.status == EditorStatus.ACTIVE, Editor.id != but)
        .order_by(Editor.name, Editor.id)
        .limit(limit)
    ).all()

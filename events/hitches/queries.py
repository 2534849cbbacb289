from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from editors.membership.models import Editor, EditorStatus
from events.calendar.models import Event, EventFormat, EventStatus, EventTurn
from foundation.db import db

# The steps that say something about the hours of the store: others, or staff chose this time knowingly.
OTHER_HOURS, HELD = "hours", "held"
_ABOUT_HOURS = (OTHER_HOURS, HELD, "approved", "taken", "moved")


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


def in_store(place_id: int, now: datetime) -> Sequence[Event]:
    """Approved events to come in the rooms of a store, the nearest first."""
    return db.session.scalars(_ahead(now).where(Event.place_id == place_id)).all()


def last_word(event_ids: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    """What the last step of each event that says something about its hours was, and when."""
    last = (
        select(func.max(EventTurn.id))
        .where(EventTurn.event_id.in_(event_ids), EventTurn.step.in_(_ABOUT_HOURS))
        .group_by(EventTurn.event_id)
    )
    steps = select(EventTurn.event_id, EventTurn.step, EventTurn.at).where(EventTurn.id.in_(last))
    return {row.event_id: (row.step, row.at) for row in db.session.execute(steps)}


def with_other_hours(now: datetime, event_id: int | None = None) -> Sequence[tuple[Event, datetime]]:
    """Approved events to come whose store has other hours since, and nobody said a word yet; since when.
    Whether they fit them again by now is for the hours to say."""
    last = (
        select(func.max(EventTurn.id))
        .where(EventTurn.event_id == Event.id, EventTurn.step.in_(_ABOUT_HOURS))
        .correlate(Event)
        .scalar_subquery()
    )
    statement = (
        _ahead(now)
        .add_columns(EventTurn.at)
        .join(EventTurn, EventTurn.id == last)
        .where(EventTurn.step == OTHER_HOURS)
    )
    if event_id is not None:
        statement = statement.where(Event.id == event_id)
    return [(event, at) for event, at in db.session.execute(statement)]


def _ahead(now: datetime) -> Select[Event]:
    return (
        select(Event)
        .options(joinedload(Event.editor), joinedload(Event.place))
        .where(
            Event.status == EventStatus.APPROVED, Event.starts_at > now, Event.format != EventFormat.ONLINE
        )
        .order_by(Event.starts_at, Event.id)
    )

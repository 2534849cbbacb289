from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from foundation.audit.models import AuditRow
from foundation.db import db

PAGE_SIZE = 100


def latest(*, before: int | None, action: str) -> Sequence[AuditRow]:
    """The newest acts under id `before`, of the actions that begin with `action`."""
    statement = select(AuditRow).order_by(AuditRow.id.desc()).limit(PAGE_SIZE)
    if before is not None:
        statement = statement.where(AuditRow.id < before)
    if action:
        statement = statement.where(AuditRow.action.startswith(action, autoescape=True))
    return db.session.scalars(statement).all()


def history(subject_type: str, subject_id: int, limit: int = 100) -> Sequence[AuditRow]:
    """What happened to one thing, newest first."""
    return db.session.scalars(
        select(AuditRow)
        .where(AuditRow.subject_type == subject_type, AuditRow.subject_id == subject_id)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    ).all()


def acted(action: str) -> bool:
    """Whether an act of that name was ever done."""
    return (
        db.session.scalars(select(AuditRow.id).where(AuditRow.action == action).limit(1)).first() is not None
    )

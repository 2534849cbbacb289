from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from foundation.audit.models import AuditRow
from foundation.db import db


def history(subject_type: str, subject_id: int, limit: int = 100) -> Sequence[AuditRow]:
    """What happened to one thing, newest first."""
    return db.session.scalars(
        select(AuditRow)
        .where(AuditRow.subject_type == subject_type, AuditRow.subject_id == subject_id)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    ).all()

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from editors.briefs.models import Brief
from editors.looks.models import Look, LookStatus
from foundation.db import db


def brief_by_id(brief_id: int) -> Brief | None:
    return db.session.scalars(
        select(Brief).where(Brief.id == brief_id).options(selectinload(Brief.picks))
    ).one_or_none()


def briefs_written(limit: int = 50) -> Sequence[Brief]:
    """The latest first, whoever led."""
    return db.session.scalars(
        select(Brief).options(joinedload(Brief.editor)).order_by(Brief.id.desc()).limit(limit)
    ).all()


def briefs_on(day: date) -> Sequence[Brief]:
    """What is pinned on a day, the newest first, with its picks and who signed it."""
    return db.session.scalars(
        select(Brief)
        .where(Brief.first_day <= day, Brief.last_day >= day, Brief.ended_at.is_(None))
        .options(joinedload(Brief.editor), selectinload(Brief.picks))
        .order_by(Brief.first_day.desc(), Brief.id.desc())
        .limit(2)
    ).all()


def looks_called(words: Sequence[str], limit: int) -> Sequence[int]:
    """The newest published looks whose title has all of these words, as ids."""
    said = func.lower(func.plain_letters(func.concat_ws(" ", Look.title, Look.title_it)))
    return db.session.scalars(
        select(Look.id)
        .where(
            Look.status == LookStatus.PUBLISHED,
            *(func.strpos(said, func.lower(func.plain_letters(word))) > 0 for word in words),
        )
        .order_by(Look.published_at.desc(), Look.id.desc())
        .limit(limit)
    ).all()

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from editors.saves.models import SavedLook
from foundation.db import db


def saved_ids(visit: str | None, account_id: int | None) -> Sequence[int]:
    """The looks somebody keeps, the latest first; some may have been taken down since."""
    kept = select(SavedLook.look_id).where(_of(visit, account_id))
    return db.session.scalars(kept.order_by(SavedLook.saved_at.desc(), SavedLook.id.desc())).all()


def saved_count(visit: str | None, account_id: int | None) -> int:
    count = select(func.count()).select_from(SavedLook).where(_of(visit, account_id))
    return db.session.scalars(count).one()


def _of(visit: str | None, account_id: int | None) -> ColumnElement[bool]:
    return SavedLook.account_id == account_id if account_id is not None else SavedLook.visit_id == visit

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from commissions.holds.models import Hold
from foundation.db import db


def held_editors(order_id: int) -> frozenset[int]:
    """Whose commission on an order something holds."""
    return frozenset(
        db.session.scalars(
            select(Hold.editor_id).where(Hold.order_id == order_id, Hold.released_at.is_(None)).distinct()
        )
    )


def holds_of_order(order_id: int, editor_id: int | None = None) -> Sequence[Hold]:
    """Every hold of an order, or of one editor on it, oldest first; those that were released too."""
    statement = select(Hold).where(Hold.order_id == order_id).order_by(Hold.held_at, Hold.id)
    if editor_id is not None:
        statement = statement.where(Hold.editor_id == editor_id)
    return db.session.scalars(statement).all()


def hold_by_id(hold_id: int) -> Hold | None:
    return db.session.get(Hold, hold_id)

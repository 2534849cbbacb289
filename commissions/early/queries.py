from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from commissions.accruals.models import PayableMovement
from commissions.early.models import EarlyPayout, EarlyStatus
from foundation.db import db
from foundation.money import Money


def payable_now(editor_id: int, currency: str) -> Money:
    """What an editor is owed that lies in no run, debts netted and without what is held; never below zero."""
    free = select(func.coalesce(func.sum(PayableMovement.amount_minor), 0)).where(
        PayableMovement.editor_id == editor_id,
        PayableMovement.currency == currency,
        PayableMovement.payout_id.is_(None),
    )
    return Money(max(0, int(db.session.scalars(free).one())), currency)


def last_wish_of(editor_id: int) -> EarlyPayout | None:
    """The last time they asked."""
    return db.session.scalars(
        select(EarlyPayout).where(EarlyPayout.editor_id == editor_id).order_by(EarlyPayout.id.desc()).limit(1)
    ).one_or_none()


def wishes(limit: int = 60) -> Sequence[EarlyPayout]:
    """Those that wait first, the oldest of them first; then what was answered last."""
    waits = EarlyPayout.status == EarlyStatus.ASKED
    found = select(EarlyPayout).options(joinedload(EarlyPayout.editor))
    open_ones = db.session.scalars(found.where(waits).order_by(EarlyPayout.id)).all()
    answered = db.session.scalars(found.where(~waits).order_by(EarlyPayout.id.desc()).limit(limit)).all()
    return [*open_ones, *answered]


def open_wishes() -> Sequence[EarlyPayout]:
    return [one for one in wishes(limit=0) if one.status == EarlyStatus.ASKED]


def wish_by_id(wish_id: int) -> EarlyPayout | None:
    return db.session.scalars(
        select(EarlyPayout).where(EarlyPayout.id == wish_id).options(joinedload(EarlyPayout.editor))
    ).one_or_none()

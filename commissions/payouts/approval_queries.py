from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commissions.payouts.approvals import Approval, Change, ScheduledRun
from commissions.payouts.models import UNDECIDED, Payout, PayoutRun
from foundation.db import db


def undecided_runs() -> Sequence[PayoutRun]:
    """The runs that wait for somebody's yes, oldest first."""
    return db.session.scalars(
        select(PayoutRun)
        .where(PayoutRun.status.in_(UNDECIDED))
        .options(joinedload(PayoutRun.prepared_by))
        .order_by(PayoutRun.id)
    ).all()


def approvals_of(*run_ids: int) -> Sequence[Approval]:
    """Who said yes to these runs, oldest first; those whose yes counts no longer too."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.run_id.in_(run_ids))
        .options(joinedload(Approval.account))
        .order_by(Approval.id)
    ).all()


def changes_of(run_id: int) -> Sequence[Change]:
    """What was counted again of a run, newest first."""
    return db.session.scalars(
        select(Change)
        .where(Change.run_id == run_id)
        .options(joinedload(Change.payout).joinedload(Payout.editor))
        .order_by(Change.id.desc())
    ).all()


def scheduled(period: str, currency: str) -> ScheduledRun | None:
    """The turn that the schedule has had in a period."""
    return db.session.scalars(
        select(ScheduledRun).where(ScheduledRun.period == period, ScheduledRun.currency == currency)
    ).one_or_none()

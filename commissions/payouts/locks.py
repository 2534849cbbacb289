"""Who decides on a run, or on a payout of one, locks the run first and the payout after it."""

from __future__ import annotations

from sqlalchemy import select

from commissions.payouts import errors
from commissions.payouts.models import OPEN, RUN_MOVES, Payout, PayoutRun, RunStatus
from foundation import clock
from foundation.db import db, lock_rows


def lock_run(run_id: int) -> PayoutRun:
    """The run, locked and read afresh; raises `NoSuchRun`."""
    found = lock_rows(PayoutRun, [run_id])
    if not found:
        raise errors.NoSuchRun()
    return found[0]


def lock_payout(payout_id: int) -> Payout:
    """The payout alone, where nothing is decided on its run; raises `NoSuchPayout`."""
    found = lock_rows(Payout, [payout_id])
    if not found:
        raise errors.NoSuchPayout()
    return found[0]


def lock_with_run(payout_id: int) -> tuple[PayoutRun, Payout]:
    """A payout and its run, both locked and read afresh; raises `NoSuchPayout`."""
    run_id = db.session.scalars(select(Payout.run_id).where(Payout.id == payout_id)).one_or_none()
    if run_id is None:
        raise errors.NoSuchPayout()
    return lock_run(run_id), lock_payout(payout_id)


def close_if_done(run: PayoutRun) -> bool:
    """A run with nothing left to send is over, and so is a preview of nobody. The caller has locked it: of
    two last senders the later sees both. Returns whether it is over.
    """
    waiting = select(Payout.id).where(Payout.run_id == run.id, Payout.status.in_(OPEN))
    if run.status in (RunStatus.DONE, RunStatus.CANCELLED) or db.session.scalar(select(waiting.exists())):
        return False
    RUN_MOVES.move(run, RunStatus.CANCELLED if run.status == RunStatus.PREPARED else RunStatus.DONE)
    run.closed_at = clock.now()
    db.session.flush()
    return True

"""The writers of what does not go out after all: one editor is left out, or a run is sent back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update

from commissions.accruals.models import PayableMovement
from commissions.payouts import errors
from commissions.payouts.approving import ask_without
from commissions.payouts.locks import close_if_done, lock_run, lock_with_run
from commissions.payouts.models import (
    PAYOUT_MOVES,
    RUN_MOVES,
    UNDECIDED,
    BlockReason,
    Payout,
    PayoutRun,
    PayoutStatus,
    RunStatus,
)
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from foundation.states import IllegalMove


def leave_out(*, actor: Actor, payout_id: int, reason: str) -> Payout:
    """Take one editor out of a run, with a reason; what they are owed waits for the next one. Who approved
    the run before approved more than this, so that it asks again.

    Raises `NoSuchPayout`, `ReasonMissing`, `IllegalMove` once their transfer was asked for or the run is
    over, and `LastOfRun`, for a run of nobody is sent back instead.
    """
    if not reason.strip():
        raise errors.ReasonMissing()
    run, payout = lock_with_run(payout_id)
    PAYOUT_MOVES.move(payout, PayoutStatus.CANCELLED)
    payout.reason, payout.missing_minor = BlockReason.LEFT_OUT, None
    payout.left_out_for = reason.strip()[:500]
    db.session.flush()
    if not _anybody_left(run.id):
        raise errors.LastOfRun()
    _set_free(Payout.id == payout_id)
    audit.record(
        actor=actor,
        action="payouts.leave_out",
        subject=("payout", payout_id),
        reason=payout.left_out_for,
        after={"editor_id": payout.editor_id, "amount_minor": payout.amount_minor},
    )
    ask_without(actor=actor, run=run, payout=payout)
    return payout


def send_back(*, actor: Actor, run_id: int, reason: str) -> PayoutRun:
    """Give up what has not gone out of an undecided run, with a reason; what it held is free for the next."""
    if not reason.strip():
        raise errors.ReasonMissing()
    run = lock_run(run_id)
    if run.status not in UNDECIDED:
        raise IllegalMove()
    _move_all(run_id, PayoutStatus.CANCELLED)
    anybody = _anybody_left(run_id)
    run.reason = reason.strip()[:500]
    if not anybody:
        RUN_MOVES.move(run, RunStatus.CANCELLED)
        run.closed_at = clock.now()
    db.session.flush()
    close_if_done(run)
    _set_free((Payout.run_id == run_id) & (Payout.status == PayoutStatus.CANCELLED))
    audit.record(actor=actor, action="payouts.send_back", subject=("payout_run", run.id), reason=run.reason)
    return run


def _anybody_left(run_id: int) -> bool:
    left = select(Payout.id).where(Payout.run_id == run_id, Payout.status != PayoutStatus.CANCELLED)
    return bool(db.session.scalar(select(left.exists())))


def _set_free(which: ColumnElement[bool]) -> None:
    """What these payouts held is owed and in no run again."""
    db.session.execute(
        update(PayableMovement)
        .where(PayableMovement.payout_id.in_(select(Payout.id).where(which)))
        .values(payout_id=None)
        .execution_options(synchronize_session=False)
    )


def _move_all(run_id: int, end: PayoutStatus) -> None:
    """Move every payout of the run that the table lets move there; the others stay what they are."""
    db.session.execute(
        update(Payout)
        .where(Payout.run_id == run_id, Payout.status.in_(PAYOUT_MOVES.sources(end)))
        .values(status=end)
        .execution_options(synchronize_session=False)
    )

"""The writers of payout runs: prepared by one person, approved by another. Sending is in `sending`."""

from __future__ import annotations

from sqlalchemy import select, text, update

from commissions.accruals.models import PayableMovement
from commissions.payouts import errors
from commissions.payouts.models import (
    OPEN,
    PAYOUT_MOVES,
    RUN_MOVES,
    Payout,
    PayoutRun,
    PayoutStatus,
    RunStatus,
)
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.jobs.queue import defer
from foundation.money import Money

SEND_RUN = "commissions.send_run"

# One snapshot: what is added up is exactly what is put into the payouts, whatever is booked meanwhile.
_GATHER = text(
    """
    WITH unpaid AS (
        SELECT id, editor_id, amount_minor FROM payable_movements
        WHERE payout_id IS NULL AND currency = :currency AND at <= :until
    ), owed AS (
        SELECT editor_id, sum(amount_minor)::bigint AS amount FROM unpaid
        GROUP BY editor_id HAVING sum(amount_minor) >= :minimum
    ), made AS (
        INSERT INTO payouts (run_id, editor_id, status, currency, amount_minor, reason, attempt)
        SELECT :run, owed.editor_id,
               CASE WHEN payees.status = 'active' THEN 'prepared' ELSE 'blocked' END,
               :currency, owed.amount,
               CASE WHEN payees.status = 'active' THEN NULL
                    WHEN payees.account IS NULL THEN 'no_account'
                    WHEN payees.status IN ('restricted', 'closed') THEN 'restricted'
                    ELSE 'onboarding' END,
               0
        FROM owed LEFT JOIN payees ON payees.editor_id = owed.editor_id
        WHERE NOT EXISTS (SELECT 1 FROM payouts p WHERE p.editor_id = owed.editor_id
                          AND p.currency = :currency AND p.status = ANY(:open))
        ORDER BY owed.editor_id
        RETURNING id, editor_id
    )
    UPDATE payable_movements SET payout_id = made.id
    FROM made, unpaid WHERE unpaid.editor_id = made.editor_id AND payable_movements.id = unpaid.id
    """
)


def prepare_run(*, actor: Actor, account_id: int, currency: str, minimum: Money) -> PayoutRun:
    """Put what everybody is owed into a preview, debts netted; who is owed less than `minimum` is carried on.

    Three statements, whatever the size. `account_id` is who prepares. Raises `RunWaiting` while another
    preview waits, `NothingToPay` when there is none to make.
    """
    run = PayoutRun(
        status=RunStatus.PREPARED,
        currency=currency,
        minimum_minor=minimum.minor,
        until=clock.now(),
        prepared_by_id=account_id,
        prepared_at=clock.now(),
    )
    with unless_taken(errors.RunWaiting, "uq_payout_runs_prepared"):
        db.session.add(run)
        db.session.flush()
    values = {
        "run": run.id,
        "currency": currency,
        "until": run.until,
        "minimum": minimum.minor,
        "open": [status.value for status in OPEN],
    }
    gathered = db.session.execute(_GATHER, values).rowcount  # type: ignore[attr-defined]
    if not gathered:
        raise errors.NothingToPay()
    audit.record(
        actor=actor, action="payouts.prepare", subject=("payout_run", run.id), after={"movements": gathered}
    )
    return run


def approve_run(*, actor: Actor, account_id: int, run_id: int) -> PayoutRun:
    """The second person says yes, and the sending begins. Raises `SamePerson` for who prepared the run."""
    run = lock_run(run_id)
    if run.prepared_by_id == account_id:
        raise errors.SamePerson()
    RUN_MOVES.move(run, RunStatus.APPROVED)
    run.approved_by_id = account_id
    run.approved_at = clock.now()
    db.session.flush()
    _move_all(run_id, PayoutStatus.APPROVED)
    audit.record(actor=actor, action="payouts.approve", subject=("payout_run", run.id))
    ask_to_send(run_id)
    return run


def send_back(*, actor: Actor, run_id: int, reason: str) -> PayoutRun:
    """Give up a preview with a reason; what it held is free for the next run."""
    if not reason.strip():
        raise errors.ReasonMissing()
    run = lock_run(run_id)
    RUN_MOVES.move(run, RunStatus.CANCELLED)
    run.reason = reason.strip()[:500]
    run.closed_at = clock.now()
    db.session.flush()
    _move_all(run_id, PayoutStatus.CANCELLED)
    db.session.execute(
        update(PayableMovement)
        .where(PayableMovement.payout_id.in_(select(Payout.id).where(Payout.run_id == run_id)))
        .values(payout_id=None)
        .execution_options(synchronize_session=False)
    )
    audit.record(actor=actor, action="payouts.send_back", subject=("payout_run", run.id), reason=run.reason)
    return run


def ask_to_send(run_id: int, *, by_hand: bool = False) -> None:
    """Have an approved run sent by the worker: never twice at the same time, and asked for once while it
    waits.
    """
    kind = "hand" if by_hand else "self"
    defer(SEND_RUN, lock=f"run:{run_id}", once=f"run:{run_id}:{kind}", run_id=run_id, by_hand=by_hand)


def lock_run(run_id: int) -> PayoutRun:
    """The run, locked and read afresh; raises `NoSuchRun`."""
    found = lock_rows(PayoutRun, [run_id])
    if not found:
        raise errors.NoSuchRun()
    return found[0]


def _move_all(run_id: int, end: PayoutStatus) -> None:
    """Move every payout of the run that the table lets move there; the others stay what they are."""
    db.session.execute(
        update(Payout)
        .where(Payout.run_id == run_id, Payout.status.in_(PAYOUT_MOVES.sources(end)))
        .values(status=end)
        .execution_options(synchronize_session=False)
    )

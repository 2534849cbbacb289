"""The writers of payout runs: prepared by one person, approved by another. Sending is in `sending`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, text, update

from commissions.accruals.models import PayableMovement
from commissions.payouts import errors
from commissions.payouts.models import (
    OPEN,
    PAYOUT_MOVES,
    RUN_MOVES,
    BlockReason,
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
from foundation.states import IllegalMove

SEND_RUN = "commissions.send_run"

# One snapshot: what is added up is exactly what is put into the payouts, whatever is booked meanwhile.
# What was taken back after the day of the cut is netted all the same, for nobody is sent what they are known
# to owe: unless it takes back what itself became payable after that day.
_GATHER = text(
    """
    WITH unpaid AS (
        SELECT id, editor_id, amount_minor FROM payable_movements movement
        WHERE payout_id IS NULL AND currency = :currency AND at <= :now
          AND (at <= :until OR (amount_minor < 0 AND NOT EXISTS (
                SELECT FROM payable_movements taken WHERE taken.commission_id = movement.commission_id
                  AND taken.amount_minor > 0 AND taken.at > :until)))
    ), owed AS (
        SELECT editor_id, sum(amount_minor)::bigint AS amount FROM unpaid
        GROUP BY editor_id HAVING sum(amount_minor) >= :minimum
    ), made AS (
        INSERT INTO payouts (run_id, editor_id, status, currency, amount_minor, reason, attempt)
        SELECT :run, owed.editor_id,
               CASE WHEN payees.status = 'active' AND coalesce(payees.paused_until <= :now, true)
                    THEN 'prepared' ELSE 'blocked' END,
               :currency, owed.amount,
               CASE WHEN payees.status = 'active' AND payees.paused_until > :now THEN 'destination'
                    WHEN payees.status = 'active' THEN NULL
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


def prepare_run(
    *, actor: Actor, account_id: int, currency: str, minimum: Money, until: datetime | None = None
) -> PayoutRun:
    """Put what everybody is owed into a preview, debts netted; who is owed less than `minimum` is carried on,
    and so is what became payable after `until`, which is now unless it is earlier.

    Three statements, whatever the size. `account_id` is who prepares. Raises `RunWaiting` while another
    preview waits, `NothingToPay` when there is none to make.
    """
    now = clock.now()
    run = PayoutRun(
        status=RunStatus.PREPARED,
        currency=currency,
        minimum_minor=minimum.minor,
        until=min(until or now, now),
        prepared_by_id=account_id,
        prepared_at=now,
    )
    with unless_taken(errors.RunWaiting, "uq_payout_runs_prepared"):
        db.session.add(run)
        db.session.flush()
    values = {
        "run": run.id,
        "currency": currency,
        "until": run.until,
        "now": now,
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


def leave_out(*, actor: Actor, payout_id: int, reason: str) -> Payout:
    """Take one editor out of a preview, with a reason; what they are owed waits for the next run.

    Raises `NoSuchPayout`, `ReasonMissing`, `IllegalMove` once the run is no preview any more, and
    `LastOfRun`, for a run of nobody is sent back instead.
    """
    if not reason.strip():
        raise errors.ReasonMissing()
    payout = db.session.get(Payout, payout_id)
    if payout is None:
        raise errors.NoSuchPayout()
    # The run is locked first, as by everybody who decides on it.
    run = lock_run(payout.run_id)
    payout = lock_rows(Payout, [payout_id])[0]
    if run.status != RunStatus.PREPARED:
        raise IllegalMove()
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
    return payout


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
    _set_free(Payout.run_id == run_id)
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

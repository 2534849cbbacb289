"""The writers of payout runs. Nothing here talks to Stripe: `jobs` does, between two of these steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from commissions.accruals.actions import note_payables
from commissions.accruals.models import Commission, PayableMovement
from commissions.accruals.policy import CommissionStatus
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
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
from foundation.db import db, lock_rows
from foundation.jobs.queue import defer
from foundation.money import Money

SEND_RUN = "commissions.send_run"
# A sender that took a payout and gave no news for this long is taken for dead.
SILENCE = timedelta(minutes=2)

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
                    WHEN payees.status = 'restricted' THEN 'restricted'
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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A payout that this sender has for itself. `again`: an earlier call's outcome is unknown."""

    payout_id: int
    editor_id: int
    amount: Money
    key: str
    group: str
    called_at: datetime
    again: bool


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
    try:
        with db.session.begin_nested():
            db.session.add(run)
            db.session.flush()
    except IntegrityError as taken:
        raise errors.RunWaiting() from taken
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
    run = _lock_run(run_id)
    if run.prepared_by_id == account_id:
        raise errors.SamePerson()
    RUN_MOVES.move(run, RunStatus.APPROVED)
    run.approved_by_id = account_id
    run.approved_at = clock.now()
    db.session.flush()
    _move_all(run_id, [PayoutStatus.PREPARED], PayoutStatus.APPROVED)
    audit.record(actor=actor, action="payouts.approve", subject=("payout_run", run.id))
    defer(SEND_RUN, run_id=run_id)
    return run


def send_back(*, actor: Actor, run_id: int, reason: str) -> PayoutRun:
    """Give up a preview with a reason; what it held is free for the next run."""
    if not reason.strip():
        raise errors.ReasonMissing()
    run = _lock_run(run_id)
    RUN_MOVES.move(run, RunStatus.CANCELLED)
    run.reason = reason.strip()[:500]
    run.closed_at = clock.now()
    db.session.flush()
    _move_all(run_id, PAYOUT_MOVES.sources(PayoutStatus.CANCELLED), PayoutStatus.CANCELLED)
    db.session.execute(
        update(PayableMovement)
        .where(PayableMovement.payout_id.in_(select(Payout.id).where(Payout.run_id == run_id)))
        .values(payout_id=None)
        .execution_options(synchronize_session=False)
    )
    audit.record(actor=actor, action="payouts.send_back", subject=("payout_run", run.id), reason=run.reason)
    return run


def claim(*, actor: Actor, payout_id: int) -> Claimed | None:
    """Take a payout for sending and commit to its key; None when there is nothing (more) to do here.

    What was taken back from the editor since the preview is netted first, so that no more goes out than is
    theirs today. A payout that somebody else took a moment ago is theirs; after two minutes of silence it is
    taken over with the same key.
    """
    payout = _lock_payout(payout_id)
    now = clock.now()
    again = payout.status == PayoutStatus.SENDING
    if again:
        if payout.claimed_at is not None and payout.claimed_at > now - SILENCE:
            return None
    else:
        if PayoutStatus.SENDING not in PAYOUT_MOVES.moves[payout.status] or not _net(payout):
            return None
        PAYOUT_MOVES.move(payout, PayoutStatus.SENDING)
        payout.attempt += 1
        payout.called_at = now
        payout.reason = payout.missing_minor = None
    payout.claimed_at = now
    db.session.flush()
    assert payout.called_at is not None
    return Claimed(
        payout.id,
        payout.editor_id,
        payout.amount,
        payout.key,
        group_of(payout.run_id),
        payout.called_at,
        again,
    )


def begin_attempt(*, actor: Actor, payout_id: int) -> Claimed:
    """A new key for a payout in sending, once Stripe has said for certain that the old one moved nothing."""
    payout = _lock_payout(payout_id)
    payout.attempt += 1
    payout.called_at = payout.claimed_at = clock.now()
    db.session.flush()
    return Claimed(
        payout.id,
        payout.editor_id,
        payout.amount,
        payout.key,
        group_of(payout.run_id),
        payout.called_at,
        False,
    )


def record_sent(*, actor: Actor, payout_id: int, transfer_id: str, amount: Money) -> None:
    """Book a transfer that Stripe has made. Told twice, it is booked once.

    Raises `TransferDiffers` when the amount is not the payout's.
    """
    payout = _lock_payout(payout_id)
    if payout.transfer_id == transfer_id:
        return
    if amount != payout.amount:
        raise errors.TransferDiffers()
    PAYOUT_MOVES.move(payout, PayoutStatus.SENT)
    payout.transfer_id = transfer_id
    payout.sent_at = clock.now()
    entry = transfer(
        key=f"payout:{payout.id}:sent",
        kind=EntryKind.PAID_OUT,
        amount=amount,
        debit=(AccountKind.EDITOR_PAYABLE, payout.editor_id),
        credit=(AccountKind.HOUSE_STRIPE, None),
        payout_id=payout.id,
    )
    note_payables([(post(actor=actor, entry=entry), entry)])
    db.session.flush()
    _mark_paid(payout)
    audit.record(
        actor=actor,
        action="payouts.sent",
        subject=("payout", payout.id),
        after={"transfer": transfer_id, "amount_minor": amount.minor},
    )
    _close_if_done(payout.run_id)


def put_off(
    *,
    actor: Actor,
    payout_id: int,
    status: PayoutStatus,
    reason: BlockReason,
    missing: Money | None = None,
) -> None:
    """Write down why a payout does not go out now: blocked, paused or failed. Sent ones are left alone."""
    payout = _lock_payout(payout_id)
    if payout.status != status:
        if not PAYOUT_MOVES.allows(payout.status, status):
            return
        PAYOUT_MOVES.move(payout, status)
        audit.record(
            actor=actor,
            action=f"payouts.{status.value}",
            subject=("payout", payout.id),
            reason=reason.value,
        )
    payout.reason = reason
    payout.missing_minor = missing.minor if missing else None
    db.session.flush()


def group_of(run_id: int) -> str:
    """What Stripe calls the run: the transfer group of all its transfers."""
    return f"payout-run-{run_id}"


def _lock_run(run_id: int) -> PayoutRun:
    found = lock_rows(PayoutRun, [run_id])
    if not found:
        raise errors.NoSuchRun()
    return found[0]


def _lock_payout(payout_id: int) -> Payout:
    found = lock_rows(Payout, [payout_id])
    if not found:
        raise errors.NoSuchRun()
    return found[0]


def _move_all(run_id: int, sources: list[PayoutStatus], end: PayoutStatus) -> None:
    db.session.execute(
        update(Payout)
        .where(Payout.run_id == run_id, Payout.status.in_(sources))
        .values(status=end)
        .execution_options(synchronize_session=False)
    )


def _net(payout: Payout) -> bool:
    """Net what was taken back meanwhile; False when too little is left, and the payout is given up."""
    taken = db.session.scalars(
        update(PayableMovement)
        .where(
            PayableMovement.editor_id == payout.editor_id,
            PayableMovement.currency == payout.currency,
            PayableMovement.payout_id.is_(None),
            PayableMovement.amount_minor < 0,
        )
        .values(payout_id=payout.id)
        .returning(PayableMovement.amount_minor)
        .execution_options(synchronize_session=False)
    ).all()
    if not taken:
        return True
    left = payout.amount_minor + sum(taken)
    minimum = db.session.scalars(select(PayoutRun.minimum_minor).where(PayoutRun.id == payout.run_id)).one()
    if left >= minimum:
        payout.amount_minor = left
        return True
    PAYOUT_MOVES.move(payout, PayoutStatus.CANCELLED)
    payout.reason = BlockReason.BELOW_MINIMUM
    db.session.flush()
    db.session.execute(
        update(PayableMovement)
        .where(PayableMovement.payout_id == payout.id)
        .values(payout_id=None)
        .execution_options(synchronize_session=False)
    )
    _close_if_done(payout.run_id)
    return False


def _mark_paid(payout: Payout) -> None:
    """Its commissions were carried by this payout; those that are payable are paid now."""
    carried = select(PayableMovement.commission_id).where(
        PayableMovement.payout_id == payout.id, PayableMovement.commission_id.is_not(None)
    )
    mine = Commission.id.in_(carried)
    untouched = update(Commission).execution_options(synchronize_session=False)
    db.session.execute(
        untouched.where(mine, Commission.paid_at.is_(None)).values(
            paid_at=payout.sent_at, payout_id=payout.id
        )
    )
    db.session.execute(
        untouched.where(mine, Commission.status == CommissionStatus.PAYABLE).values(
            status=CommissionStatus.PAID
        )
    )


def _close_if_done(run_id: int) -> None:
    """A run with nothing left to send is done. Locked first: of two last senders the later sees both."""
    run = _lock_run(run_id)
    still_open = db.session.scalars(
        select(func.count()).select_from(Payout).where(Payout.run_id == run_id, Payout.status.in_(OPEN))
    ).one()
    if not still_open and run.status == RunStatus.APPROVED:
        RUN_MOVES.move(run, RunStatus.DONE)
        run.closed_at = clock.now()
        db.session.flush()

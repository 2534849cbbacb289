"""The writers of sending: who holds a payout, and what came of the call. Nothing here talks to Stripe.

A payout in `sending` has a call out whose outcome nobody else may guess. It leaves that state by the transfer
being booked, which anybody may do who has seen it at Stripe, or by whoever holds the claim, with the attempt
and the moment of that claim in hand: what a sender learned before it lost the row counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from commissions.accruals.actions import note_payables
from commissions.accruals.models import Commission, PayableMovement
from commissions.accruals.policy import COMMISSION_MOVES, CommissionStatus
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
from commissions.payees.queries import lock_paused
from commissions.payouts import errors
from commissions.payouts.actions import lock_run
from commissions.payouts.models import (
    OPEN,
    PAYOUT_MOVES,
    RUN_MOVES,
    BlockReason,
    Payout,
    PayoutRun,
    PayoutStatus,
    RunStatus,
    S,
    group_of,
)
from commissions.payouts.transit import in_transit, leaves, stays
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.audit.actions import Act
from foundation.db import db, lock_rows
from foundation.money import Money

# A sender that took a payout and gave no news for this long is taken for dead.
SILENCE = timedelta(minutes=2)
# What waits for our balance may be paused; a payout with a call out is moved by whoever holds it.
PAUSABLE = frozenset({*PAYOUT_MOVES.sources(S.PAUSED), S.PAUSED} - {S.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A payout that this sender has for itself. `again`: an earlier call's outcome is unknown.

    `attempt` and `claimed_at` are the fence: a later claim has others.
    """

    payout_id: int
    editor_id: int
    amount: Money
    attempt: int
    key: str
    group: str
    called_at: datetime
    claimed_at: datetime
    again: bool


def claim(*, actor: Actor, payout_id: int) -> Claimed | None:
    """Take a payout for sending and commit to its key; None when there is nothing (more) to do here.

    What was taken back from the editor since the preview is netted first, so that no more goes out than is
    theirs today. Only of an approved run. A payout that somebody else took a moment ago is theirs; after two
    minutes of silence it is taken over with the same key.
    """
    payout = lock_payout(payout_id)
    now = clock.now()
    again = payout.status == PayoutStatus.SENDING
    if again:
        if payout.claimed_at is not None and payout.claimed_at > now - SILENCE:
            return None
    else:
        if not PAYOUT_MOVES.allows(payout.status, PayoutStatus.SENDING) or not _approved(payout):
            return None
        if not _net(payout):
            return None
        if lock_paused(payout.editor_id):
            put_off(
                actor=actor,
                payout_id=payout_id,
                status=PayoutStatus.BLOCKED,
                reason=BlockReason.DESTINATION,
            )
            return None
        PAYOUT_MOVES.move(payout, PayoutStatus.SENDING)
        payout.attempt += 1
        payout.called_at = now
        payout.reason = payout.missing_minor = None
        leaves(actor=actor, payout=payout)
    payout.claimed_at = now
    db.session.flush()
    return _claimed(payout, again=again)


def begin_attempt(*, actor: Actor, held: Claimed) -> Claimed | None:
    """A new key for a payout in sending, once Stripe has said for certain that the old one moved nothing.

    None when the claim has been taken over meanwhile.
    """
    now = clock.now()
    payout = db.session.scalars(
        update(Payout)
        .where(
            Payout.id == held.payout_id,
            Payout.status == PayoutStatus.SENDING,
            Payout.attempt == held.attempt,
            Payout.claimed_at == held.claimed_at,
        )
        .values(attempt=held.attempt + 1, called_at=now, claimed_at=now)
        .returning(Payout)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()
    return _claimed(payout, again=False) if payout is not None else None


def record_sent(*, actor: Actor, payout_id: int, transfer_id: str, amount: Money) -> None:
    """Book a transfer that Stripe has made for this payout, whatever the row says meanwhile: the money is
    gone. Told twice, it is booked once. The caller has seen that the transfer names this payout.

    Raises `TransferDiffers` when the amount is not the payout's.
    """
    payout = lock_payout(payout_id)
    if payout.transfer_id == transfer_id:
        return
    if amount != payout.amount:
        raise errors.TransferDiffers()
    PAYOUT_MOVES.move(payout, PayoutStatus.SENT)
    payout.transfer_id = transfer_id
    payout.sent_at = clock.now()
    payout.reason = payout.missing_minor = None
    # Commissions before the books, as everywhere else that changes both.
    carried = _lock_carried(payout)
    if not in_transit(payout.id):
        leaves(actor=actor, payout=payout, unasked=True)
    entry = transfer(
        key=f"payout:{payout.id}:sent",
        kind=EntryKind.PAID_OUT,
        amount=amount,
        debit=(AccountKind.EDITOR_TRANSIT, payout.editor_id),
        credit=(AccountKind.EDITOR_PAID_OUT, payout.editor_id),
        payout_id=payout.id,
    )
    note_payables([(post(actor=actor, entry=entry), entry)])
    _mark_paid(payout, carried)
    db.session.flush()
    audit.record(
        actor=actor,
        action="payouts.sent",
        subject=("payout", payout.id),
        after={"transfer": transfer_id, "amount_minor": amount.minor},
    )
    write_to(payout.editor_id, "commissions/payouts/mail/sent.txt", amount=amount, number=payout.id)
    _close_if_done(payout.run_id)


def put_off(
    *,
    actor: Actor,
    payout_id: int,
    status: PayoutStatus,
    reason: BlockReason,
    missing: Money | None = None,
    held: Claimed | None = None,
) -> bool:
    """Write down why a payout does not go out now: blocked, paused or failed. False: nothing was changed.

    A payout in sending only by whoever holds its claim (`held`); a claim that was taken over says nothing
    about what the row has become. Sent ones are left alone.
    """
    payout = lock_payout(payout_id)
    if not _may_put_off(payout, held):
        return False
    if payout.status != status:
        if not PAYOUT_MOVES.allows(payout.status, status):
            return False
        if payout.status == PayoutStatus.SENDING:
            stays(actor=actor, payout=payout)
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
    return True


def pause_all(*, actor: Actor, payout_ids: Sequence[int], missing: Money) -> int:
    """Note on payouts that wait that our balance is short by `missing`; returns how many were changed.

    Two statements, whatever their number. What has a call out is left to whoever made it, and so is all that
    is finished.
    """
    before = (
        select(Payout.id, Payout.status)
        .where(Payout.id.in_(payout_ids), Payout.status.in_(PAUSABLE))
        .order_by(Payout.id)
        .with_for_update()
        .cte("before")
    )
    changed = db.session.execute(
        update(Payout)
        .where(Payout.id == before.c.id)
        .values(status=S.PAUSED, reason=BlockReason.BALANCE_SHORT, missing_minor=missing.minor)
        .returning(Payout.id, before.c.status)
        .execution_options(synchronize_session=False)
    ).all()
    audit.record_many(
        actor=actor,
        action="payouts.paused",
        acts=[Act(("payout", row[0])) for row in sorted(changed) if row[1] != S.PAUSED],
        reason=BlockReason.BALANCE_SHORT.value,
    )
    return len(changed)


def _may_put_off(payout: Payout, held: Claimed | None) -> bool:
    if held is None:
        return payout.status != PayoutStatus.SENDING
    mine = (payout.attempt, payout.claimed_at) == (held.attempt, held.claimed_at)
    return mine and payout.status == PayoutStatus.SENDING


def _claimed(payout: Payout, *, again: bool) -> Claimed:
    assert payout.called_at is not None and payout.claimed_at is not None
    return Claimed(
        payout_id=payout.id,
        editor_id=payout.editor_id,
        amount=payout.amount,
        attempt=payout.attempt,
        key=payout.key,
        group=group_of(payout.run_id),
        called_at=payout.called_at,
        claimed_at=payout.claimed_at,
        again=again,
    )


def _approved(payout: Payout) -> bool:
    status = db.session.scalars(select(PayoutRun.status).where(PayoutRun.id == payout.run_id)).one()
    return status == RunStatus.APPROVED


def lock_payout(payout_id: int) -> Payout:
    """The payout, locked and read afresh; raises `NoSuchRun`."""
    found = lock_rows(Payout, [payout_id])
    if not found:
        raise errors.NoSuchRun()
    return found[0]


def _net(payout: Payout) -> bool:
    """Net what was taken back meanwhile; False when too little is left, and the payout is given up."""
    taken = db.session.scalars(
        update(PayableMovement)
        .where(
            PayableMovement.editor_id == payout.editor_id,
            PayableMovement.currency == payout.currency,
            PayableMovement.payout_id.is_(None),
            # What finance gave up goes with the debt it was given up of.
            or_(PayableMovement.amount_minor < 0, PayableMovement.kind == EntryKind.WRITTEN_OFF),
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


def _lock_carried(payout: Payout) -> Sequence[Commission]:
    """The commissions this payout pays, locked in the order of their ids.

    One of which it carries as much taken back as given is not among them: a dispute still holds it.
    """
    carried = db.session.scalars(
        select(PayableMovement.commission_id)
        .where(PayableMovement.payout_id == payout.id, PayableMovement.commission_id.is_not(None))
        .group_by(PayableMovement.commission_id)
        .having(func.sum(PayableMovement.amount_minor) > 0)
    )
    return lock_rows(Commission, [one for one in carried if one is not None])


def _mark_paid(payout: Payout, carried: Sequence[Commission]) -> None:
    """Those that are payable are paid now; each remembers the first payout that carried it."""
    for commission in carried:
        if commission.paid_at is None:
            commission.paid_at, commission.payout_id = payout.sent_at, payout.id
        if commission.status == CommissionStatus.PAYABLE:
            COMMISSION_MOVES.move(commission, CommissionStatus.PAID)


def _close_if_done(run_id: int) -> None:
    """A run with nothing left to send is done. Locked first: of two last senders the later sees both."""
    run = lock_run(run_id)
    waiting = select(Payout.id).where(Payout.run_id == run_id, Payout.status.in_(OPEN))
    if not db.session.scalar(select(waiting.exists())) and run.status == RunStatus.APPROVED:
        RUN_MOVES.move(run, RunStatus.DONE)
        run.closed_at = clock.now()
        db.session.flush()

"""The writers of sending: who holds a payout, and what came of the call. Nothing here talks to Stripe.

A payout in `sending` has a call out whose outcome nobody else may guess. It leaves that state by the transfer
being booked, which anybody may do who has seen it at Stripe, or by whoever holds the claim, with the attempt
and the moment of that claim in hand: what a sender learned before it lost the row counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from commissions.payees.queries import lock_paused
from commissions.payouts.approving import ask_again, payout_as_approved
from commissions.payouts.counting import differences, standing
from commissions.payouts.locks import lock_payout, lock_with_run
from commissions.payouts.models import PAYOUT_MOVES, BlockReason, Payout, PayoutStatus, RunStatus, S, group_of
from commissions.payouts.transit import leaves, stays
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.audit.actions import Act
from foundation.db import db
from foundation.money import Money

# A sender that took a payout and gave no news for this long is taken for dead.
SILENCE = timedelta(minutes=2)
# What waits for our balance may be paused; a payout with a call out is moved by whoever holds it.
PAUSABLE = frozenset({*PAYOUT_MOVES.sources(S.PAUSED), S.PAUSED} - {S.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A payout that this sender has for itself. `again`: an earlier call's outcome is unknown; not
    `approved`: that outcome may be learned, but no other call be made.

    `attempt` and `claimed_at` are the fence: a later claim has others.
    """

    payout_id: int
    run_id: int
    editor_id: int
    amount: Money
    attempt: int
    key: str
    group: str
    called_at: datetime
    claimed_at: datetime
    again: bool
    approved: bool


def claim(*, actor: Actor, payout_id: int) -> Claimed | None:
    """Take a payout for sending and commit to its key; None when there is nothing (more) to do here.

    Only of an approved run, and only as it was approved: else the run asks again, and nothing is taken. A
    payout that somebody else took a moment ago is theirs; after two
    minutes of silence it is taken over with the same key.
    """
    run, payout = lock_with_run(payout_id)
    now = clock.now()
    again = payout.status == PayoutStatus.SENDING
    if again:
        if payout.claimed_at is not None and payout.claimed_at > now - SILENCE:
            return None
    else:
        if not PAYOUT_MOVES.allows(payout.status, PayoutStatus.SENDING):
            return None
        if not payout_as_approved(actor=actor, run=run, payout=payout):
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
    return _claimed(payout, again=again, approved=run.status == RunStatus.APPROVED)


def begin_attempt(*, actor: Actor, held: Claimed) -> Claimed | None:
    """A new key for a payout in sending, once Stripe has said for certain that the old one moved nothing.

    None when the claim has been taken over meanwhile, and when the payout is not approved any more as it
    stands: what was in transit is payable again then.
    """
    run, payout = lock_with_run(held.payout_id)
    if (payout.status, payout.attempt, payout.claimed_at) != (S.SENDING, held.attempt, held.claimed_at):
        return None
    if run.status != RunStatus.APPROVED or differences(payout):
        stays(actor=actor, payout=payout)
        PAYOUT_MOVES.move(payout, PayoutStatus.PREPARED)
        payout.approved_minor = payout.approved_destination = None
        db.session.flush()
        if run.status == RunStatus.APPROVED:
            ask_again(actor=actor, run=run, found=standing(run.id).differences)
        return None
    payout.attempt = held.attempt + 1
    payout.called_at = payout.claimed_at = clock.now()
    db.session.flush()
    return _claimed(payout, again=False, approved=True)


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


def _claimed(payout: Payout, *, again: bool, approved: bool) -> Claimed:
    assert payout.called_at is not None and payout.claimed_at is not None
    return Claimed(
        payout_id=payout.id,
        run_id=payout.run_id,
        editor_id=payout.editor_id,
        amount=payout.amount,
        attempt=payout.attempt,
        key=payout.key,
        group=group_of(payout.run_id),
        called_at=payout.called_at,
        claimed_at=payout.claimed_at,
        again=again,
        approved=approved,
    )

"""Money out: commit the intention with its key, call Stripe outside of any transaction, note the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from commissions.payees.steps import refresh
from commissions.payouts import actions
from commissions.payouts.actions import SEND_RUN, Claimed
from commissions.payouts.models import BlockReason, PayoutStatus
from commissions.payouts.queries import open_runs, payout_by_id, to_send
from foundation import clock, payments
from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.jobs.queue import job
from foundation.money import Money, total

SENDER = Actor.system("commissions.payouts")
# Stripe forgets a key after 24 hours: later than this the transfer is looked for before anything is sent.
KEY_HOLDS = timedelta(hours=23)


def send_payout(payout_id: int) -> bool:
    """Send one payout; True when it is sent (now or before).

    Whoever calls this at the same time, or after a crash at any point, ends with the same one transfer: one
    sender holds the row's claim, every try of an attempt carries the same key, and once Stripe may have
    forgotten that key the transfer is looked for first. Raises `PaymentsProblem` when the outcome is
    unknown: call again.
    """
    payout = payout_by_id(payout_id)
    if payout is None:
        return False
    editor_id, transfer_id = payout.editor_id, payout.transfer_id
    leave_transaction()
    if transfer_id is not None:
        return True
    payee = refresh(actor=SENDER, editor_id=editor_id)
    if payee is None or payee.account is None or payee.status != payments.PayeeStatus.ACTIVE:
        _block(payout_id, payee.status if payee else None)
        return False
    account = payee.account
    with unit_of_work():
        claimed = actions.claim(actor=SENDER, payout_id=payout_id)
    if claimed is None:
        return False
    if claimed.again and clock.now() - claimed.called_at > KEY_HOLDS:
        found = payments.find_transfer(
            transfer_group=claimed.group, metadata={"payout": str(claimed.payout_id)}
        )
        if found is not None:
            _record(claimed, found)
            return True
        with unit_of_work():
            claimed = actions.begin_attempt(actor=SENDER, payout_id=payout_id)
    return _call(claimed, account)


def _call(claimed: Claimed, account: str) -> bool:
    try:
        made = payments.transfer(
            amount=claimed.amount,
            destination=account,
            transfer_group=claimed.group,
            idempotency_key=claimed.key,
            metadata={"payout": str(claimed.payout_id)},
        )
    except payments.BalanceInsufficient:
        _pause([claimed.payout_id], _missing(claimed.amount))
        return False
    except payments.PayeeNotReady:
        _block(claimed.payout_id, payments.PayeeStatus.RESTRICTED)
        return False
    except payments.PaymentsProblem as problem:
        if not problem.definite:
            raise
        with unit_of_work():
            actions.put_off(
                actor=SENDER,
                payout_id=claimed.payout_id,
                status=PayoutStatus.FAILED,
                reason=BlockReason.REFUSED,
            )
        return False
    _record(claimed, made)
    return True


def _record(claimed: Claimed, made: payments.Transfer) -> None:
    with unit_of_work():
        actions.record_sent(
            actor=SENDER, payout_id=claimed.payout_id, transfer_id=made.id, amount=made.amount
        )


def _block(payout_id: int, status: str | None) -> None:
    if status is None:
        reason = BlockReason.NO_ACCOUNT
    elif status in (payments.PayeeStatus.RESTRICTED, payments.PayeeStatus.CLOSED):
        reason = BlockReason.RESTRICTED
    else:
        reason = BlockReason.ONBOARDING
    with unit_of_work():
        actions.put_off(actor=SENDER, payout_id=payout_id, status=PayoutStatus.BLOCKED, reason=reason)


def _missing(needed: Money) -> Money:
    available = payments.balance().available_in(needed.currency)
    return Money(max(0, needed.minor - available.minor), needed.currency)


def send_run(run_id: int, *, by_hand: bool = False) -> int:
    """Send what is left of an approved run; returns how many payouts went out now.

    By hand also what Stripe refused and what is blocked is tried again; by itself only what has a chance.

    The balance at Stripe is asked first. When it does not cover what could go out, everything pauses with the
    missing amount: half a run looks like favour.
    """
    waiting = [(one.id, one.status, one.amount) for one in to_send(run_id, by_hand=by_hand)]
    leave_transaction()
    ready = {
        number: amount
        for number, status, amount in waiting
        if status not in (PayoutStatus.SENDING, PayoutStatus.BLOCKED)
    }
    if ready:
        amounts = list(ready.values())
        missing = _missing(total(amounts, amounts[0].currency))
        if missing:
            _pause(ready, missing)
            waiting = [one for one in waiting if one[0] not in ready]
    return sum(send_payout(number) for number, _, _ in waiting)


def _pause(payout_ids: Iterable[int], missing: Money) -> None:
    with unit_of_work():
        for payout_id in payout_ids:
            actions.put_off(
                actor=SENDER,
                payout_id=payout_id,
                status=PayoutStatus.PAUSED,
                reason=BlockReason.BALANCE_SHORT,
                missing=missing,
            )


@job(name=SEND_RUN)
@in_steps
def send_approved_run(*, run_id: int, by_hand: bool = False) -> None:
    """A run was approved, or somebody wants what is left of it tried again."""
    send_run(run_id, by_hand=by_hand)


@job(name="commissions.send_left", cron="*/5 * * * *", retries=False)
@in_steps
def send_what_is_left() -> None:
    """Every five minutes: payouts whose sender died, whose editor is ready now, or that wait for our
    balance.
    """
    runs = list(open_runs())
    leave_transaction()
    for run_id in runs:
        send_run(run_id)

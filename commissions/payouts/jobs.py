"""Money out: commit the intention with its key, call Stripe outside of any transaction, note the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog

from commissions.payees.queries import payee_of
from commissions.payees.steps import refresh
from commissions.payouts import errors, sending
from commissions.payouts.actions import SEND_RUN, ask_to_send
from commissions.payouts.approval_queries import scheduled
from commissions.payouts.approving import holds_as_approved
from commissions.payouts.models import BlockReason, PayoutStatus, RunStatus, group_of
from commissions.payouts.queries import open_runs, payout_by_id, to_send
from commissions.payouts.schedule import Rhythm, period_due
from commissions.payouts.scheduling import prepare_scheduled
from commissions.payouts.sending import Claimed
from commissions.payouts.sent import record_sent
from foundation import clock, payments, settings
from foundation.actors import Actor
from foundation.db import all_or_nothing, in_steps, leave_transaction, unit_of_work
from foundation.errors import Problem
from foundation.jobs.queue import job
from foundation.money import Money, total

log = structlog.get_logger(__name__)
SENDER = Actor.system("commissions.payouts")
SCHEDULE = Actor.system("commissions.schedule")
# So many payouts without an answer in a row: Stripe is away, and the rest of the run need not find out too.
SILENT_IN_A_ROW = 3


def send_payout(payout_id: int) -> bool:
    """Send one payout; True when it is sent (now or before).

    Whoever calls this at the same time, or after a crash at any point, ends with the same one transfer: one
    sender holds the row's claim, every try of an attempt carries the same key, and before another key is used
    the transfer is looked for at Stripe. Raises `PaymentsProblem` when the outcome is unknown: call again.
    """
    payout = payout_by_id(payout_id)
    if payout is None:
        return False
    editor_id, transfer_id, status = payout.editor_id, payout.transfer_id, payout.status
    run_id, going = payout.run_id, payout.run.status == RunStatus.APPROVED
    group, called_before = group_of(run_id), payout.attempt > 0
    leave_transaction()
    if transfer_id is not None:
        return True
    if status == PayoutStatus.SENDING:
        # A call is out, and nothing that is true of the payee today says what came of it.
        claimed = _claim(payout_id)
        return _take_over(claimed) if claimed is not None else False
    if called_before and _found(payout_id, group):
        return True
    account = _ready_account(payout_id, run_id, editor_id) if going else None
    if account is None:
        return False
    claimed = _claim(payout_id)
    if claimed is None:
        return False
    return _take_over(claimed) if claimed.again else _call(claimed, account)


def _claim(payout_id: int) -> Claimed | None:
    with unit_of_work():
        return sending.claim(actor=SENDER, payout_id=payout_id)


def _take_over(claimed: Claimed) -> bool:
    """Learn what came of a call without an answer: by its key while Stripe knows it, else by looking.

    Where the run is not approved any more it is only looked for, and while the key holds it may still come.
    """
    known = clock.now() - claimed.called_at <= payments.KEY_HOLDS
    if known and claimed.approved:
        payee = payee_of(claimed.editor_id)
        account = payee.account if payee is not None else None
        leave_transaction()
        if account is not None:
            return _call(claimed, account)
    if _found(claimed.payout_id, claimed.group):
        return True
    if known and not claimed.approved:
        return False
    with unit_of_work():
        anew = sending.begin_attempt(actor=SENDER, held=claimed)
    if anew is None:
        return False
    account = _ready_account(anew.payout_id, anew.run_id, anew.editor_id, held=anew)
    return _call(anew, account) if account is not None else False


def _ready_account(payout_id: int, run_id: int, editor_id: int, *, held: Claimed | None = None) -> str | None:
    """The payee's account if it can receive now; else the payout is blocked with the reason. A bank account
    that is not the approved one makes the run ask again.
    """
    payee = refresh(actor=SENDER, editor_id=editor_id)
    if payee is not None and payee.account is not None and payee.status == payments.PayeeStatus.ACTIVE:
        if not payee.paused:
            return payee.account
        _put_off(payout_id, PayoutStatus.BLOCKED, BlockReason.DESTINATION, None, held)
        _check(run_id)
        return None
    _block(payout_id, payee.status if payee else None, held=held)
    return None


def _call(claimed: Claimed, account: str) -> bool:
    try:
        made = payments.transfer(
            amount=claimed.amount,
            destination=account,
            transfer_group=claimed.group,
            idempotency_key=claimed.key,
            metadata={"payout": str(claimed.payout_id)},
        )
    except payments.PaymentsProblem as problem:
        if not problem.definite:
            raise
        # A no to this call says nothing about the one before it, which may have paid.
        if claimed.again and _found(claimed.payout_id, claimed.group):
            return True
        _give_up(claimed, problem)
        return False
    _record(claimed.payout_id, made)
    return True


def _give_up(claimed: Claimed, problem: payments.PaymentsProblem) -> None:
    log.warning("payout_refused", payout_id=claimed.payout_id, problem=repr(problem))
    if isinstance(problem, payments.BalanceInsufficient):
        missing = _missing(claimed.amount)
        _put_off(claimed.payout_id, PayoutStatus.PAUSED, BlockReason.BALANCE_SHORT, missing, claimed)
    elif isinstance(problem, payments.PayeeNotReady):
        _block(claimed.payout_id, payments.PayeeStatus.RESTRICTED, held=claimed)
    else:
        _put_off(claimed.payout_id, PayoutStatus.FAILED, BlockReason.REFUSED, None, claimed)


def _found(payout_id: int, group: str) -> bool:
    """Whether Stripe has the transfer of this payout already; if so it is booked."""
    found = payments.find_transfer(transfer_group=group, metadata={"payout": str(payout_id)})
    if found is None:
        return False
    _record(payout_id, found)
    return True


def _record(payout_id: int, made: payments.Transfer) -> None:
    if made.metadata.get("payout") != str(payout_id):
        raise errors.TransferDiffers()
    with unit_of_work():
        record_sent(actor=SENDER, payout_id=payout_id, transfer_id=made.id, amount=made.amount)


def _block(payout_id: int, status: str | None, *, held: Claimed | None = None) -> None:
    if status is None:
        reason = BlockReason.NO_ACCOUNT
    elif status in (payments.PayeeStatus.RESTRICTED, payments.PayeeStatus.CLOSED):
        reason = BlockReason.RESTRICTED
    else:
        reason = BlockReason.ONBOARDING
    _put_off(payout_id, PayoutStatus.BLOCKED, reason, None, held)


def _put_off(
    payout_id: int, status: PayoutStatus, reason: BlockReason, missing: Money | None, held: Claimed | None
) -> None:
    with unit_of_work():
        sending.put_off(
            actor=SENDER, payout_id=payout_id, status=status, reason=reason, missing=missing, held=held
        )


def _missing(needed: Money) -> Money:
    available = payments.balance().available_in(needed.currency)
    return Money(max(0, needed.minor - available.minor), needed.currency)


def send_run(run_id: int, *, by_hand: bool = False) -> int:
    """Send what is left of an approved run; returns how many payouts went out now.

    By hand also what Stripe refused and what is blocked is tried again; by itself only what has a chance.

    The balance at Stripe is asked first. When it does not cover what could go out, everything pauses with the
    missing amount: half a run looks like favour. One payout in trouble does not hold up the others; the first
    such problem is raised when all have had their turn. A run that is not as it was approved sends nothing:
    only what has a call out is followed up.
    """
    _check(run_id)
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
            _pause(list(ready), missing)
            waiting = [one for one in waiting if one[0] not in ready]
    return _send_each([number for number, _, _ in waiting])


def _check(run_id: int) -> None:
    """Have a run that is not as it was approved ask for approval again."""
    with unit_of_work():
        holds_as_approved(actor=SENDER, run_id=run_id)


def _send_each(payout_ids: Iterable[int]) -> int:
    sent, silent = 0, 0
    trouble: list[Problem] = []
    for payout_id in payout_ids:
        try:
            sent += send_payout(payout_id)
            silent = 0
        except Problem as problem:
            log.error("payout_in_trouble", payout_id=payout_id, problem=repr(problem))
            trouble.append(problem)
            silent = silent + 1 if isinstance(problem, payments.PaymentsUnreachable) else 0
            if silent == SILENT_IN_A_ROW:
                break
    if trouble:
        raise trouble[0]
    return sent


def _pause(payout_ids: Sequence[int], missing: Money) -> None:
    """Pause what only waits for our balance; what has a call out is left to whoever made it."""
    with unit_of_work():
        sending.pause_all(actor=SENDER, payout_ids=payout_ids, missing=missing)


@job(name=SEND_RUN, retries=False)
@in_steps
def send_approved_run(*, run_id: int, by_hand: bool = False) -> None:
    """A run was approved, or what is left of it is tried again. The sweep is what repeats it: a try of its
    own would stand in the way of the sweep's, which waits for the same lock.
    """
    send_run(run_id, by_hand=by_hand)


@job(name="commissions.prepare_scheduled", cron="7 * * * *", retries=False)
def prepare_what_is_due() -> None:
    """Every hour: the run of this week or month, if it is due and nobody has prepared it yet."""
    shop = settings.current()
    period = period_due(Rhythm(shop.payout_schedule), shop.payout_day, clock.today(shop.timezone))
    if period is None or scheduled(period, shop.currency) is not None:
        return
    minimum = Money(shop.payout_minimum_minor, shop.currency)
    try:
        with all_or_nothing():
            prepare_scheduled(actor=SCHEDULE, period=period, currency=shop.currency, minimum=minimum)
    except (errors.PeriodTaken, errors.RunWaiting) as waits:
        log.info("payout_schedule_waits", period=period, why=type(waits).__name__)


@job(name="commissions.send_left", cron="*/5 * * * *", retries=False)
def send_what_is_left() -> None:
    """Every five minutes: payouts whose sender died, whose editor is ready now, or that wait for our
    balance.
    """
    for run_id in open_runs():
        ask_to_send(run_id)

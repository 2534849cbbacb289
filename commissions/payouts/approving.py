"""The writers of approval: who says yes to a run as it stands, and when that yes counts no longer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import case, select, text, update

from commissions.payouts import errors
from commissions.payouts.actions import ask_to_send
from commissions.payouts.approvals import Approval, ChangeKind
from commissions.payouts.counting import (
    Difference,
    Standing,
    count_again,
    differences,
    forget_payouts,
    note,
    standing,
)
from commissions.payouts.locks import close_if_done, lock_run
from commissions.payouts.models import (
    PAYOUT_MOVES,
    RUN_MOVES,
    WAITING,
    Payout,
    PayoutRun,
    PayoutStatus,
    RunStatus,
)
from foundation import clock
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, unless_taken
from foundation.mail import actions as mail
from foundation.money import Money
from foundation.seen import refuse_changed
from foundation.states import IllegalMove

FELL = "commissions/payouts/mail/asks_again.txt"
# What is approved is written beside each payout: the amount, and where the money is to go.
_APPROVE = text(
    """
    WITH going AS (
        UPDATE payout_runs SET status = :run_approved, approved_by_id = :account, approved_at = :now,
            approved_minor = :amount, alone_minor = CAST(:alone AS bigint)
        WHERE id = :run AND status = ANY(:run_from)
    )
    UPDATE payouts SET
        approved_minor = payouts.amount_minor,
        approved_destination = payees.destination,
        status = CASE WHEN payouts.status = ANY(:from) THEN :approved ELSE payouts.status END
    FROM payouts mine LEFT JOIN payees ON payees.editor_id = mine.editor_id
    WHERE payouts.id = mine.id AND mine.run_id = :run AND mine.status = ANY(:waiting)
    """
)


class Verdict(StrEnum):
    """What came of somebody's yes. recounted: it would not have gone out as they saw it, so it was counted
    again and not approved; one_more: it stands, and another person has to say it too.
    """

    APPROVED = "approved"
    ONE_MORE = "one_more"
    RECOUNTED = "recounted"


def approve_run(
    *, actor: Actor, account_id: int, run_id: int, alone: Money | None = None, seen: str | None = None
) -> Verdict:
    """Somebody says yes to a run; the sending begins when as many have as it takes.

    Up to the sum `alone` that is one person, who may have prepared it. Above it, and where none is named, two
    people stand behind every run: who prepared it and another, or two others. `seen` is the digest they saw.
    Raises `SamePerson`, `ApprovedBefore`, `ChangedMeanwhile`, `IllegalMove`.
    """
    run = lock_run(run_id)
    if not RUN_MOVES.allows(run.status, RunStatus.APPROVED):
        raise IllegalMove()
    found = standing(run_id)
    if found.differences:
        ask_again(actor=actor, run=run, found=found.differences)
        return Verdict.RECOUNTED
    refuse_changed(seen, found.digest)
    two = alone is None or found.amount_minor > alone.minor
    if two and run.prepared_by_id == account_id:
        raise errors.SamePerson()
    with unless_taken(errors.ApprovedBefore, "uq_payout_approvals_standing"):
        db.session.add(
            Approval(
                run_id=run_id,
                account_id=account_id,
                digest=found.digest,
                amount_minor=found.amount_minor,
                at=clock.now(),
            )
        )
        db.session.flush()
    audit.record(
        actor=actor,
        action="payouts.approve",
        subject=("payout_run", run.id),
        after={"digest": found.digest, "amount_minor": found.amount_minor},
    )
    # No two approvals that count are of one person, and above the limit none is of who prepared it.
    if two and found.approvals + 1 + (run.prepared_by_id is not None) < 2:
        return Verdict.ONE_MORE
    _set_going(run, account_id, found, alone)
    ask_to_send(run_id)
    return Verdict.APPROVED


def holds_as_approved(*, actor: Actor, run_id: int) -> bool:
    """Whether a run may go out: it is approved, and nothing of it is another than what was approved. Where it
    is, the run is counted again and asks for approval.
    """
    run = lock_run(run_id)
    if run.status != RunStatus.APPROVED:
        return False
    found = standing(run_id)
    if not found.differences and found.digest == _approved_digest(run_id):
        return True
    ask_again(actor=actor, run=run, found=found.differences)
    return False


def payout_as_approved(*, actor: Actor, run: PayoutRun, payout: Payout) -> bool:
    """The same of one payout, for who is about to send it and has both locked."""
    if run.status != RunStatus.APPROVED:
        return False
    if payout.amount_minor == payout.approved_minor and not differences(payout):
        return True
    ask_again(actor=actor, run=run, found=standing(run.id).differences)
    return False


def ask_again(*, actor: Actor, run: PayoutRun, found: Sequence[Difference]) -> None:
    """Nobody's yes counts any longer, for other amounts would go out: the run is counted again, and where it
    was on its way it asks for approval. The run is locked. What has a call out keeps it.
    """
    fallen, going = _void(run.id), run.status == RunStatus.APPROVED
    if going:
        _let_go(run)
    count_again(run, found, voids=bool(fallen))
    about: dict[str, Any] = {"subject": ("payout_run", run.id), "after": {"changes": len(found)}}
    if fallen:
        audit.record(actor=actor, action="payouts.ask_again", **about)
    else:
        audit.record(actor=actor, action="payouts.count_again", **about)
    if not close_if_done(run) and going:
        RUN_MOVES.move(run, RunStatus.AGAIN)
        run.approved_by_id = run.approved_at = run.approved_minor = run.alone_minor = None
        db.session.flush()
    for person in fallen:
        mail.post(to=person.email, language=person.language, template=FELL, number=run.id)


def ask_without(*, actor: Actor, run: PayoutRun, payout: Payout) -> None:
    """Somebody was left out: who said yes before said it to more than this."""
    found = Difference(payout.id, ChangeKind.LEFT_OUT, payout.amount_minor, 0)
    stands = standing(run.id)
    if run.status != RunStatus.PREPARED or stands.approvals:
        note(run.id, [found], voids=stands.approvals > 0)
        ask_again(actor=actor, run=run, found=stands.differences)


def _set_going(run: PayoutRun, account_id: int, found: Standing, alone: Money | None) -> None:
    values = {
        "run": run.id,
        "run_approved": RunStatus.APPROVED.value,
        "run_from": [status.value for status in RUN_MOVES.sources(RunStatus.APPROVED)],
        "account": account_id,
        "now": clock.now(),
        "amount": found.amount_minor,
        "alone": alone.minor if alone is not None else None,
        "approved": PayoutStatus.APPROVED.value,
        "from": [status.value for status in PAYOUT_MOVES.sources(PayoutStatus.APPROVED)],
        "waiting": [status.value for status in WAITING],
    }
    db.session.execute(_APPROVE, values)
    db.session.expire(run, ("status", "approved_by_id", "approved_at", "approved_minor", "alone_minor"))
    forget_payouts()


def _approved_digest(run_id: int) -> str | None:
    last = select(Approval.digest).where(Approval.run_id == run_id, Approval.voided_at.is_(None))
    return db.session.scalars(last.order_by(Approval.id.desc()).limit(1)).one_or_none()


def _void(run_id: int) -> Sequence[Account]:
    """Nobody's yes counts any longer; whose did."""
    fallen = (
        update(Approval)
        .where(Approval.run_id == run_id, Approval.voided_at.is_(None))
        .values(voided_at=clock.now())
        .returning(Approval.account_id)
        .execution_options(synchronize_session=False)
    )
    people = db.session.scalars(fallen).all()
    return [found for one in people if (found := account_by_id(one)) is not None]


def _let_go(run: PayoutRun) -> None:
    """Nothing that waits is approved: what was about to go out is part of a preview again."""
    from_there = set(PAYOUT_MOVES.sources(PayoutStatus.PREPARED)) & set(WAITING)
    db.session.execute(
        update(Payout)
        .where(Payout.run_id == run.id, Payout.status.in_(WAITING))
        .values(
            approved_minor=None,
            approved_destination=None,
            status=case((Payout.status.in_(from_there), PayoutStatus.PREPARED), else_=Payout.status),
        )
        .execution_options(synchronize_session=False)
    )

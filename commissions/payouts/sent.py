"""The writer of a transfer that Stripe has made: booked once, whoever saw it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from commissions.accruals.actions import note_payables
from commissions.accruals.models import Commission, PayableMovement
from commissions.accruals.policy import COMMISSION_MOVES, CommissionStatus
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
from commissions.payouts import errors
from commissions.payouts.locks import close_if_done, lock_with_run
from commissions.payouts.models import PAYOUT_MOVES, Payout, PayoutStatus
from commissions.payouts.transit import in_transit, leaves
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.money import Money


def record_sent(*, actor: Actor, payout_id: int, transfer_id: str, amount: Money) -> None:
    """Book a transfer that Stripe has made for this payout, whatever the row says meanwhile: the money is
    gone. Told twice, it is booked once. The caller has seen that the transfer names this payout.

    Raises `TransferDiffers` when the amount is not the payout's.
    """
    run, payout = lock_with_run(payout_id)
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
    close_if_done(run)


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

"""The writers of what comes back: a transfer that somebody took back in the Stripe Dashboard.

Nothing of ours does that, and only a person knows why it was done. So the payout says it, and the books
follow when finance has decided, with a reason.
"""

from __future__ import annotations

from commissions.accruals.actions import note_payables
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
from commissions.payouts import errors
from commissions.payouts.locks import lock_payout
from editors.membership.letters import write_to
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from foundation.money import Money


def note_reversed(*, actor: Actor, payout_id: int, amount: Money) -> None:
    """Keep how much of a sent payout was taken back at Stripe, in all.

    It is paid out no longer and lies in the clearing account: whose it is, staff decide.
    """
    payout = lock_payout(payout_id)
    if payout.reversed_minor == amount.minor:
        return
    audit.record(
        actor=actor,
        action="payouts.taken_back",
        subject=("payout", payout.id),
        before={"reversed_minor": payout.reversed_minor},
        after={"reversed_minor": amount.minor},
    )
    # By what was taken back so far: a part is booked once, however often Stripe tells of it.
    lies_with, came = (AccountKind.EDITOR_PAID_OUT, payout.editor_id), (AccountKind.HOUSE_STRIPE, None)
    grew = amount.minor > payout.reversed_minor
    post(
        actor=actor,
        entry=transfer(
            key=f"payout:{payout.id}:taken_back:{payout.reversed_minor}:{amount.minor}",
            kind=EntryKind.TAKEN_BACK,
            amount=Money(abs(amount.minor - payout.reversed_minor), payout.currency),
            debit=lies_with if grew else came,
            credit=came if grew else lies_with,
            payout_id=payout.id,
        ),
    )
    payout.reversed_minor = amount.minor
    db.session.flush()


def owe_again(*, actor: Actor, payout_id: int, amount: Money, reason: str) -> None:
    """Book what was taken back at Stripe: it is owed to the editor again and lies in no payout yet.

    `amount` is what whoever decides has seen. Raises `CameBackChanged` when another sum stands there by now
    (somebody has booked it, or more was taken back), `ReasonMissing`.
    """
    if not reason.strip():
        raise errors.ReasonMissing()
    payout = lock_payout(payout_id)
    if not amount or amount != payout.came_back:
        raise errors.CameBackChanged()
    before = payout.restored_minor
    payout.restored_minor += amount.minor
    entry = transfer(
        # By the sum so far: Stripe may tell of another part later, and no part is booked twice.
        key=f"payout:{payout.id}:came_back:{payout.restored_minor}",
        kind=EntryKind.CAME_BACK,
        amount=amount,
        debit=(AccountKind.HOUSE_STRIPE, None),
        credit=(AccountKind.EDITOR_PAYABLE, payout.editor_id),
        payout_id=payout.id,
    )
    note_payables([(post(actor=actor, entry=entry), entry)])
    db.session.flush()
    audit.record(
        actor=actor,
        action="payouts.owe_again",
        subject=("payout", payout.id),
        reason=reason.strip()[:500],
        before={"restored_minor": before},
        after={"restored_minor": payout.restored_minor},
    )
    write_to(payout.editor_id, "commissions/payouts/mail/owed_again.txt", amount=amount, number=payout.id)

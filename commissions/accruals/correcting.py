"""What a correction does to commissions: who lost the order is brought to nothing, who got it earns on it."""

from __future__ import annotations

from dataclasses import dataclass

from commissions.accruals.actions import accrue, settle
from commissions.accruals.queries import earned_by_editor, paid_by_editor
from commissions.claims import errors
from commissions.claims.correcting import correct, lock_decisions
from commissions.claims.models import Receipt
from commissions.claims.policy import same_mailbox
from commissions.claims.queries import current_receipt
from editors.membership.letters import write_to
from editors.membership.models import GONE
from editors.membership.queries import editor_by_id
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.db import db
from foundation.seen import refuse_changed
from storefront.orders.queries import Sale, sale


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody earns on an order as it is, and what they would earn; in minor units. `paid_minor`: what
    of it was paid out already."""

    editor_id: int
    before_minor: int
    after_minor: int
    paid_minor: int = 0

    @property
    def debt_minor(self) -> int:
        """What they would owe: what was paid out and is no longer theirs."""
        return max(0, min(self.paid_minor, self.before_minor - self.after_minor))


def correct_credit(
    *, actor: Actor, order_id: int, editor_id: int | None, reason: str, return_days: int
) -> tuple[Receipt, Receipt]:
    """Credit an order to another editor, or to nobody (None), and let every commission of it follow; the
    decision before, and the new one.

    The rate is the one of the day the order was paid. What was paid out already becomes a debt of whoever
    had it. Raises `AlreadyTheirs`.
    """
    before, after = correct(actor=actor, order_id=order_id, editor_id=editor_id, reason=reason)
    accrue(actor=actor, of=sale(order_id), receipt=after)
    settle(actor=actor, order_id=order_id, return_days=return_days, corrected=True)
    return before, after


def correct_by_hand(
    *,
    actor: Actor,
    order_id: int,
    editor_id: int | None,
    reply: str,
    reason: str,
    return_days: int,
    seen: str | None = None,
) -> Receipt:
    """Staff correct who is credited, unasked; the new decision.

    `reply` is what the editors read whom it concerns, `reason` stays with the decision, `seen` is the receipt
    that was looked at. Raises `AlreadyTheirs`, `BoughtIt`, `NoLongerHere`, `OwnCredit`, and
    `ChangedMeanwhile` when somebody corrected it first.
    """
    lock_decisions(order_id)
    standing = current_receipt(order_id)
    refuse_changed(seen, str(standing.id))
    of, earned = sale(order_id), earned_by_editor(order_id)
    _refuse_partial(actor, of, editor_id, {*earned, standing.editor_id})
    _before, after = correct_credit(
        actor=actor, order_id=order_id, editor_id=editor_id, reason=reason, return_days=return_days
    )
    now = earned_by_editor(order_id)
    for one in sorted({*earned, *now}):
        if earned.get(one, 0) != now.get(one, 0):
            write_to(
                one,
                "commissions/receipts/mail/corrected.txt",
                number=of.number,
                gained=one == editor_id,
                reply=reply,
            )
    return after


def what_would_change(
    *, actor: Actor, order_id: int, editor_id: int | None, return_days: int
) -> list[Change]:
    """What a correction by hand would change, for everybody who earns or would earn. Raises as it does.

    It is tried out and undone again, so that refunds, caps and rates are those of the correction itself.
    """
    before, paid = earned_by_editor(order_id), paid_by_editor(order_id)
    _refuse_partial(actor, sale(order_id), editor_id, {*before, current_receipt(order_id).editor_id})
    trial = db.session.begin_nested()
    try:
        correct_credit(
            actor=actor, order_id=order_id, editor_id=editor_id, reason="", return_days=return_days
        )
        after = earned_by_editor(order_id)
    finally:
        trial.rollback()
    return [
        Change(one, before.get(one, 0), after.get(one, 0), paid.get(one, 0))
        for one in sorted({*before, *after})
    ]


def _refuse_partial(actor: Actor, of: Sale, editor_id: int | None, earning: set[int | None]) -> None:
    """Refuse a decision by who earns or would earn, and a credit to who bought or has gone."""
    for one in {*earning, editor_id}:
        editor = editor_by_id(one) if one is not None else None
        if editor is not None and editor.account_id == actor.account_id:
            raise errors.OwnCredit()
    editor = editor_by_id(editor_id) if editor_id is not None else None
    if editor is not None and editor.status in GONE:
        raise errors.NoLongerHere()
    account = account_by_id(editor.account_id) if editor is not None else None
    if account is not None and (account.id == of.account_id or same_mailbox(account.email, of.email)):
        raise errors.BoughtIt()

"""The writers of what an editor takes instead of a payout, and of what the shop owes since.

It is done at once and cannot be taken back. What is refunded afterwards is a debt, as after a payout.
"""

from __future__ import annotations

from typing import Any

from commissions.accruals.actions import note_payables
from commissions.accruals.dividing import in_turn
from commissions.instead import errors
from commissions.instead.models import Cause, CauseStatus, TurnedPayable, Turning
from commissions.instead.policy import refuse_what_is_not_there
from commissions.instead.queries import cause_by_id, unpaid
from commissions.ledger.actions import EntryDraft, LegDraft, post
from commissions.ledger.models import AccountKind, EntryKind, Side
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from foundation.money import Money
from storefront.promotions import credit


def take_as_credit(
    *, actor: Actor, editor_id: int, account_id: int, amount: Money, seen: Money, bonus_bps: int
) -> TurnedPayable:
    """Turn payable money into credit that the editor's account spends in the shop, with the shop's bonus.

    `seen` is what was payable on the page they decided on. Raises `PayableChanged` when it is another sum by
    now (so that a form that was sent twice books once), `NothingChosen`, `MoreThanPayable`.
    """
    turned = _take(editor_id, amount, seen, Turning.CREDIT, bonus=amount.share(bonus_bps))
    _book(actor, turned, EntryKind.CREDITED, AccountKind.HOUSE_STORE_CREDIT)
    credit.put_in(actor=actor, account_id=account_id, amount=turned.worth)
    audit.record(
        actor=actor, action="instead.take_credit", subject=("editor", editor_id), after=_told(turned)
    )
    return turned


def donate(*, actor: Actor, editor_id: int, amount: Money, seen: Money, cause_id: int) -> TurnedPayable:
    """Give payable money to a cause the shop has named. Raises as `take_as_credit`, and `NoSuchCause`."""
    cause = cause_by_id(cause_id)
    if cause is None or cause.status != CauseStatus.OPEN:
        raise errors.NoSuchCause()
    turned = _take(editor_id, amount, seen, Turning.DONATION, cause=cause)
    _book(actor, turned, EntryKind.DONATED, AccountKind.HOUSE_DONATION)
    audit.record(actor=actor, action="instead.donate", subject=("editor", editor_id), after=_told(turned))
    return turned


def _take(
    editor_id: int,
    amount: Money,
    seen: Money,
    kind: Turning,
    *,
    bonus: Money | None = None,
    cause: Cause | None = None,
) -> TurnedPayable:
    """The row, once it is sure that so much is there: nobody else divides it until commit."""
    in_turn()
    refuse_what_is_not_there(wanted=amount, payable=unpaid(editor_id, amount.currency), seen=seen)
    turned = TurnedPayable(
        editor_id=editor_id,
        kind=kind,
        currency=amount.currency,
        amount_minor=amount.minor,
        bonus_minor=bonus.minor if bonus else 0,
        cause=cause,
        at=clock.now(),
    )
    db.session.add(turned)
    db.session.flush()
    return turned


def _book(actor: Actor, turned: TurnedPayable, kind: EntryKind, to: AccountKind) -> None:
    legs = [
        LegDraft(AccountKind.EDITOR_PAYABLE, Side.DEBIT, turned.amount, turned.editor_id),
        LegDraft(to, Side.CREDIT, turned.worth),
    ]
    if turned.bonus_minor:
        bonus = Money(turned.bonus_minor, turned.currency)
        legs.append(LegDraft(AccountKind.HOUSE_COMMISSION, Side.DEBIT, bonus))
    entry = EntryDraft(f"turned:{turned.id}", kind, tuple(legs))
    turned.entry_id = post(actor=actor, entry=entry, at=turned.at)
    note_payables([(turned.entry_id, entry)])
    db.session.flush()


def _told(turned: TurnedPayable) -> dict[str, Any]:
    """Write to the editor, for money moved; and what the audit log notes of it."""
    write_to(turned.editor_id, f"commissions/instead/mail/{turned.kind.value}.txt", turned=turned)
    return {
        "turned_payable": turned.id,
        "amount_minor": turned.amount_minor,
        "bonus_minor": turned.bonus_minor,
        "cause": turned.cause_id,
    }

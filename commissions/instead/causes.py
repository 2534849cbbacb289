"""The writers of causes: named and ended by staff, paid by finance."""

from __future__ import annotations

from dataclasses import dataclass

from commissions.instead import errors
from commissions.instead.models import CAUSE_MOVES, Cause, CausePayment, CauseStatus
from commissions.instead.queries import owed_to_cause
from commissions.ledger.actions import post, transfer
from commissions.ledger.models import AccountKind, EntryKind
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class CauseDraft:
    """A cause in words: its name, and a sentence or two on what it does, in both languages."""

    name: str
    name_it: str
    words: str
    words_it: str


def name_cause(*, actor: Actor, draft: CauseDraft) -> Cause:
    """Let editors give to something. Raises `NameTaken`."""
    cause = Cause(status=CauseStatus.OPEN, made_at=clock.now(), **_values(draft))
    with unless_taken(errors.NameTaken, "uq_causes_name"):
        db.session.add(cause)
        db.session.flush()
    audit.record(actor=actor, action="causes.name", subject=("cause", cause.id), after=_values(draft))
    return cause


def reword_cause(*, actor: Actor, cause_id: int, draft: CauseDraft) -> Cause:
    """Say it in other words. Statements that were written keep the old ones. Raises `NameTaken`."""
    cause = _lock(cause_id)
    before = {name: getattr(cause, name) for name in _values(draft)}
    with unless_taken(errors.NameTaken, "uq_causes_name"):
        for name, value in _values(draft).items():
            setattr(cause, name, value)
        db.session.flush()
    audit.record(
        actor=actor, action="causes.reword", subject=("cause", cause.id), before=before, after=_values(draft)
    )
    return cause


def end_cause(*, actor: Actor, cause_id: int, reason: str) -> Cause:
    """Nobody gives to it from now on; what was given is owed to it all the same."""
    return _move(actor, cause_id, CauseStatus.ENDED, "causes.end", reason)


def open_cause(*, actor: Actor, cause_id: int, reason: str) -> Cause:
    """Editors can give to it again."""
    return _move(actor, cause_id, CauseStatus.OPEN, "causes.open", reason)


def mark_paid(*, actor: Actor, cause_id: int, amount: Money, reference: str) -> CausePayment:
    """Somebody has handed on what was owed to a cause. `amount` is what they saw.

    Raises `ReferenceMissing`, and `OwedChanged` when another sum is owed by now: somebody gave, or another
    person marked it paid.
    """
    if not reference.strip():
        raise errors.ReferenceMissing()
    cause = _lock(cause_id)
    if not amount or owed_to_cause(cause.id, amount.currency) != amount:
        raise errors.OwedChanged()
    payment = CausePayment(
        cause_id=cause.id,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=reference.strip()[:120],
        paid_by=actor.label[:200],
        paid_at=clock.now(),
    )
    db.session.add(payment)
    db.session.flush()
    post(
        actor=actor,
        entry=transfer(
            key=f"cause_payment:{payment.id}",
            kind=EntryKind.HANDED_ON,
            amount=amount,
            debit=(AccountKind.HOUSE_DONATION, None),
            credit=(AccountKind.HOUSE_DONATION_PAID, None),
        ),
    )
    audit.record(
        actor=actor,
        action="causes.mark_paid",
        subject=("cause", cause.id),
        reason=payment.reference,
        after={"amount_minor": amount.minor},
    )
    return payment


def _move(actor: Actor, cause_id: int, end: CauseStatus, action: str, reason: str) -> Cause:
    if not reason.strip():
        raise errors.ReasonMissing()
    cause = _lock(cause_id)
    CAUSE_MOVES.move(cause, end)
    db.session.flush()
    audit.record(actor=actor, action=action, subject=("cause", cause.id), reason=reason.strip()[:500])
    return cause


def _lock(cause_id: int) -> Cause:
    found = lock_rows(Cause, [cause_id])
    if not found:
        raise errors.NoSuchCause()
    return found[0]


def _values(draft: CauseDraft) -> dict[str, str]:
    return {name: getattr(draft, name) for name in draft.__slots__}

"""Talking to Stripe about an editor's account, one step at a time, never inside a transaction."""

from __future__ import annotations

from commissions.payees.actions import begin_attempt, begin_payee, key_of, note_payee
from commissions.payees.models import Payee
from commissions.payees.queries import payee_of
from foundation import clock, payments
from foundation.actors import Actor
from foundation.db import leave_transaction, unit_of_work


def ensure_account(
    *, actor: Actor, editor_id: int, name: str, email: str, country: str, currency: str
) -> str:
    """The editor's account at Stripe, made now if there is none; returns its id.

    Two clicks, a lost answer, a killed process: the key is the row's, so Stripe makes one account. What
    came of a key that Stripe has forgotten is looked up before another is used.
    """
    with unit_of_work():
        payee = begin_payee(actor=actor, editor_id=editor_id, country=country, currency=currency)
    if payee.account is None and clock.now() - payee.asked_at > payments.KEY_HOLDS:
        payee = _looked_up(actor, editor_id, payee.attempt)
    if payee.account is not None:
        return payee.account
    attempt, key = payee.attempt, key_of(payee)
    leave_transaction()
    try:
        made = payments.create_payee(
            email=email,
            display_name=name,
            country=country,
            currency=currency,
            idempotency_key=key,
            metadata=_named(editor_id),
        )
    except payments.PaymentsProblem as problem:
        if not problem.definite:
            raise
        # A no to this call says nothing about one before it, whose answer was lost.
        payee = _looked_up(actor, editor_id, attempt)
        if payee.account is None:
            raise
        return payee.account
    with unit_of_work():
        note_payee(actor=actor, editor_id=editor_id, seen=made)
    return made.id


def _looked_up(actor: Actor, editor_id: int, attempt: int) -> Payee:
    """The row with the account that Stripe turns out to have, or with a fresh key to ask for one."""
    found = payments.find_payee(metadata=_named(editor_id))
    with unit_of_work():
        if found is not None:
            return note_payee(actor=actor, editor_id=editor_id, seen=found)
        begin_attempt(actor=actor, editor_id=editor_id, over=attempt)
        return begin_payee(actor=actor, editor_id=editor_id)


def _named(editor_id: int) -> dict[str, str]:
    """What an account at Stripe says of whose it is."""
    return {"editor": str(editor_id)}


def refresh(*, actor: Actor, editor_id: int) -> Payee | None:
    """Look at Stripe again and keep what it says; None when the editor has no account yet.

    An account that Stripe does not know any more is closed: the person sees it, and nobody else waits for it.
    """
    payee = payee_of(editor_id)
    account = payee.account if payee is not None else None
    leave_transaction()
    if account is None:
        return None
    try:
        seen = payments.fetch_payee(payee_id=account)
    except payments.NotThere:
        seen = payments.Payee(id=account, status=payments.PayeeStatus.CLOSED, requirements=(), email="")
    with unit_of_work():
        return note_payee(actor=actor, editor_id=editor_id, seen=seen)

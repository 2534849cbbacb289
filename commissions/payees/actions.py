from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.payees.models import Payee
from commissions.payees.queries import payee_of
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.payments.objects import BankPayout, PayeeStatus
from foundation.payments.objects import Payee as StripePayee

# How long nothing is sent once another bank account stands behind an editor's account at Stripe.
PAUSE = timedelta(days=7)


def begin_payee(
    *, actor: Actor, editor_id: int, country: str | None = None, currency: str | None = None
) -> Payee:
    """The editor's row, made before Stripe is asked for an account: every try then uses the same key."""
    db.session.execute(
        insert_or_skip(Payee)
        .values(
            editor_id=editor_id,
            status=PayeeStatus.NONE.value,
            requirements=[],
            attempt=1,
            asked_at=clock.now(),
            created_at=clock.now(),
            country=country,
            currency=currency,
        )
        .on_conflict_do_nothing()
    )
    payee = payee_of(editor_id)
    assert payee is not None
    return payee


def note_payee(*, actor: Actor, editor_id: int, seen: StripePayee) -> Payee:
    """Write down what a fresh look at Stripe said. The only way a payee's status ever changes."""
    row = begin_payee(actor=actor, editor_id=editor_id)
    payee = lock_rows(Payee, [row.id])[0]
    if payee.status != seen.status.value or payee.account is None:
        audit.record(
            actor=actor,
            action="payees.status",
            subject=("editor", editor_id),
            before={"status": payee.status},
            after={"status": seen.status.value},
        )
    _note_destination(actor, payee, seen)
    payee.fingerprint = seen.fingerprint or payee.fingerprint
    payee.account = seen.id
    payee.status = seen.status.value
    payee.requirements = [name[:120] for name in seen.requirements]
    payee.fetched_at = clock.now()
    db.session.flush()
    return payee


def _note_destination(actor: Actor, payee: Payee, seen: StripePayee) -> None:
    """Another bank account than the one we knew: nothing is sent for a while, and the person is told where
    they were told before. The first one we hear of is no change.
    """
    if seen.destination is None or seen.destination == payee.destination:
        return
    changed = payee.destination is not None
    payee.destination = seen.destination
    if not changed:
        return
    payee.paused_until = clock.now() + PAUSE
    audit.record(
        actor=actor,
        action="payees.destination",
        subject=("editor", payee.editor_id),
        after={"paused_until": payee.paused_until.isoformat()},
    )
    # The address Stripe knows too: whoever took over the one may not have the other.
    letter = "commissions/payees/mail/destination.txt"
    write_to(payee.editor_id, letter, also_to=seen.email, until=payee.paused_until)


def note_bank_payout(*, actor: Actor, editor_id: int, seen: BankPayout) -> None:
    """Keep whether their bank took the last payout; an older one, told late, changes nothing."""
    row = begin_payee(actor=actor, editor_id=editor_id)
    payee = lock_rows(Payee, [row.id])[0]
    if seen.status not in ("paid", "failed"):
        return
    if payee.bank_told_at is not None and seen.arrives < payee.bank_told_at:
        return
    failure = (seen.failure_code or "unknown")[:64] if seen.status == "failed" else None
    if failure != payee.bank_failure:
        audit.record(
            actor=actor,
            action="payees.bank",
            subject=("editor", editor_id),
            before={"failure": payee.bank_failure},
            after={"failure": failure},
        )
        if failure is not None:
            write_to(editor_id, "commissions/payees/mail/bank_refused.txt", amount=seen.amount, code=failure)
    payee.bank_failure, payee.bank_told_at = failure, seen.arrives
    db.session.flush()


def begin_attempt(*, actor: Actor, editor_id: int, over: int) -> None:
    """The attempt `over` is done with: Stripe refused it (the same key would get the same no again), or has
    forgotten its key and has no account of it. Only one of two at once begins the next.
    """
    db.session.execute(
        update(Payee)
        .where(Payee.editor_id == editor_id, Payee.account.is_(None), Payee.attempt == over)
        .values(attempt=over + 1, asked_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def key_of(payee: Payee) -> str:
    """The idempotency key an account is asked for with: one account an editor, however often we ask."""
    return f"payee:{payee.editor_id}:create:{payee.attempt}"

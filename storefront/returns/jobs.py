from __future__ import annotations

from datetime import timedelta

from foundation import clock, payments
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import defer, job
from storefront.returns import actions, following
from storefront.returns.queries import Outgoing, left_behind, to_send

HOUSE = Actor.system("returns")
STRIPE = Actor.system("Stripe")


@job(name=actions.SEND, queue_name="payments")
@in_steps
def send_refund(*, refund_id: int) -> None:
    """Ask Stripe for a refund that stands. Any number of times: the key makes it one."""
    with unit_of_work():
        if following.note_for_nothing(actor=HOUSE, refund_id=refund_id):
            return
        outgoing = to_send(refund_id)
    if outgoing is None:
        return
    try:
        told = _found(outgoing) or payments.refund(
            payment_intent=outgoing.payment_intent,
            amount=outgoing.amount,
            idempotency_key=outgoing.key,
            metadata={"order": outgoing.order_number, "refund": outgoing.key},
        )
    except payments.PaymentsProblem as problem:
        if not problem.definite:
            raise
        # "Already refunded" may be the answer to a second try whose first was never heard of.
        made = _made(outgoing)
        if made is None:
            why = problem.stripe_message or problem.code
            with unit_of_work():
                following.note_refused(actor=STRIPE, refund_id=refund_id, why=why)
            return
        told = made
    with unit_of_work():
        following.note_stripe(actor=STRIPE, told=told)


@job(name="returns.follow_refunds", cron="*/10 * * * *", retries=False)
@in_steps
def follow_refunds() -> None:
    """Every ten minutes: refunds nobody sent are sent, and those without an end are asked after."""
    now = clock.now()
    with unit_of_work():
        requested, pending = left_behind(
            requested_before=now - timedelta(minutes=5), pending_before=now - timedelta(hours=6)
        )
        for refund_id in requested:
            defer(actions.SEND, once=f"refund:{refund_id}", refund_id=refund_id)
    problems = []
    for number, name in pending:
        problem = _follow(number, name)
        if problem is not None:
            problems.append(problem)
        if isinstance(problem, payments.PaymentsUnreachable):
            # Nobody answers: the rest comes first in ten minutes.
            break
    if problems:
        raise ExceptionGroup("Some refunds could not be followed.", problems)


def _follow(refund_id: int, name: str) -> Exception | None:
    """Ask how one refund stands. What goes wrong is handed back: it must not stop the others."""
    problem: Exception | None = None
    try:
        told = payments.fetch_refund(refund_id=name)
        with unit_of_work():
            following.note_stripe(actor=STRIPE, told=told)
    except Exception as caught:
        caught.add_note(f"refund {refund_id}, at Stripe {name}")
        problem = caught
    with unit_of_work():
        following.note_looked(refund_id=refund_id)
    return problem


def _found(outgoing: Outgoing) -> payments.Refund | None:
    """The refund we made a day ago and heard nothing of, when there is one."""
    if clock.now() - outgoing.requested_at < payments.KEY_HOLDS:
        return None
    return _made(outgoing)


def _made(outgoing: Outgoing) -> payments.Refund | None:
    """The refund of this key at Stripe, when there is one."""
    try:
        made = payments.fetch_refunds(payment_intent=outgoing.payment_intent)
    except payments.NotThere:
        return None
    return next((refund for refund in made if refund.metadata.get("refund") == outgoing.key), None)

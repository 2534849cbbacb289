from __future__ import annotations

import structlog

from commissions.claims.policy import mailbox
from commissions.signals.actions import note_looked
from commissions.signals.gathering import looked_before, trace, unlooked
from commissions.signals.policy import Thresholds
from commissions.signals.watching import look_at_editors, look_at_sales
from foundation import clock, payments
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.settings import Settings, current

log = structlog.get_logger(__name__)
BATCH = 100
Traced = tuple[int, bytes | None, bytes | None]


def look_at_new() -> int:
    """Look at every sale nobody has looked at, a hundred at a time; returns how many."""
    done, settings = 0, current()
    while True:
        with unit_of_work():
            waiting = unlooked(clock.now(), BATCH)
        traced = _traced(waiting, settings.secret_key.encode())
        with unit_of_work():
            note_looked(traces=traced)
            _look([order_id for order_id, _card, _mail in traced], settings)
        done += len(traced)
        if len(traced) < BATCH:
            return done


@job(name="signals.look", cron="* * * * *", retries=False)
@in_steps
def look() -> None:
    """Every minute: what was paid since the last look. Stripe says by which card, outside of any change."""
    look_at_new()


@job(name="signals.look_again", cron="20 3 * * *", retries=False)
@in_steps
def look_again() -> None:
    """Every night: what only time shows, of every editor, and then once more of the sales of these days."""
    settings, after = current(), 0
    with unit_of_work():
        look_at_editors(limits=Thresholds.read(settings.signals), return_days=settings.return_days)
    while True:
        with unit_of_work():
            order_ids = looked_before(clock.now(), after, BATCH)
            _look(order_ids, settings)
        if len(order_ids) < BATCH:
            return
        after = order_ids[-1]


def _look(order_ids: list[int], settings: Settings) -> None:
    look_at_sales(
        order_ids=order_ids,
        key=settings.secret_key.encode(),
        brand=settings.shop_name,
        limits=Thresholds.read(settings.signals),
        return_days=settings.return_days,
    )


def _traced(waiting: list[tuple[int, str | None]], key: bytes) -> list[Traced]:
    """What Stripe says of each payment. When it does not answer, the rest waits for the next minute."""
    found: list[Traced] = []
    for order_id, payment in waiting:
        try:
            payer = payments.fetch_payer(payment_intent=payment) if payment else None
        except payments.PaymentsUnreachable:
            log.warning("payments_unreachable", order_id=order_id)
            break
        except payments.PaymentsProblem as problem:
            log.warning("payer_not_known", order_id=order_id, problem=repr(problem))
            payer = None
        card = trace(key, payer.card) if payer and payer.card else None
        mail = trace(key, mailbox(payer.email)) if payer and payer.email else None
        found.append((order_id, card, mail))
    return found

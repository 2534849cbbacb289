from __future__ import annotations

from datetime import timedelta

import structlog

from foundation import clock, payments
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from storefront.checkout.steps import settle
from storefront.orders.queries import unsettled

log = structlog.get_logger(__name__)
# An order without a payment page after that long belongs to a process that died.
FORGOTTEN_AFTER = timedelta(minutes=3)


@job(name="checkout.follow_payments", cron="* * * * *", retries=False)
@in_steps
def follow_payments() -> None:
    """Every minute: orders whose page has closed, was never opened, or whose money is on its way.

    Stripe is asked before anything is released. When it does not answer, the rest waits for the next minute;
    the promises run out by themselves.
    """
    now = clock.now()
    with unit_of_work():
        waiting = [order.id for order in unsettled(due=now, stale=now - FORGOTTEN_AFTER)]
    for order_id in waiting:
        try:
            settle(order_id)
        except payments.PaymentsUnreachable:
            log.warning("payments_unreachable", order_id=order_id)
            return
        except payments.PaymentsProblem as problem:
            log.error("order_not_settled", order_id=order_id, problem=repr(problem))

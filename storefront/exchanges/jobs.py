from __future__ import annotations

import structlog

from foundation import clock, payments
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from storefront.exchanges.queries import overdue
from storefront.exchanges.steps import give_up

log = structlog.get_logger(__name__)


@job(name="exchanges.follow", cron="*/10 * * * *", retries=False)
@in_steps
def follow_differences() -> None:
    """Every ten minutes: exchanges whose difference was not paid in time are off, once Stripe says so."""
    with unit_of_work():
        late = overdue(clock.now())
    for exchange_id, session_id in late:
        try:
            give_up(exchange_id, session_id)
        except payments.PaymentsUnreachable:
            log.warning("payments_unreachable", exchange_id=exchange_id)
            return
        except payments.PaymentsProblem as problem:
            log.error("difference_not_settled", exchange_id=exchange_id, problem=repr(problem))

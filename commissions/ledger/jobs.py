from __future__ import annotations

import structlog
from psycopg.errors import LockNotAvailable
from sqlalchemy.exc import OperationalError

from commissions.ledger.closing import close_month, seal_months
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.settings import current

log = structlog.get_logger(__name__)
CLOSER = Actor.system("commissions.ledger")


def close_all() -> int:
    """Close every month that is over; returns how many. Nobody who books waits for more than the seal."""
    try:
        with unit_of_work():
            seal_months(actor=CLOSER, zone=current().timezone)
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        log.warning("months_not_sealed", why="somebody was booking for seconds; tried again in an hour")
    done = 0
    while True:
        with unit_of_work():
            if close_month(actor=CLOSER) is None:
                return done
        done += 1


@job(name="commissions.close_months", cron="17 * * * *", retries=False)
@in_steps
def close_months() -> None:
    """Every hour: a month that ended a day ago gets its balances and its chain."""
    close_all()

from __future__ import annotations

from commissions.accruals.actions import BATCH, mature
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job


def mature_all() -> int:
    """Make everything payable that is due, in transactions of a few hundred; returns how many."""
    done = 0
    while True:
        with unit_of_work():
            count = mature(actor=Actor.system("commissions.mature"))
        done += count
        if count < BATCH:
            return done


@job(name="commissions.mature", cron="*/5 * * * *", retries=False)
@in_steps
def mature_due() -> None:
    """Every five minutes: whose time to return has passed becomes payable."""
    mature_all()

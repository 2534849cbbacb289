"""Delivering events, and the passing of time."""

from __future__ import annotations

from foundation.db import in_steps
from foundation.jobs.queue import job
from stripe_sandbox.delivery import deliver_due
from stripe_sandbox.passing import let_time_pass
from stripe_sandbox.store import DELIVER


@job(name=DELIVER, queue_name="payments")
@in_steps
def deliver() -> None:
    """Send every event that is due."""
    deliver_due()


@job(name="stripe_sandbox.tick", cron="* * * * *", retries=False)
@in_steps
def tick() -> None:
    """Every minute: sessions end, bank transfers arrive, payouts reach banks, failed deliveries are tried
    again."""
    let_time_pass()
    deliver_due()

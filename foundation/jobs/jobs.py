from __future__ import annotations

from foundation.jobs.actions import requeue_orphans
from foundation.jobs.queue import job


@job(name="foundation.sweep_orphans", cron="* * * * *", retries=False)
def sweep_orphans() -> None:
    """Every minute: work that a killed worker left half-way goes back into the queue."""
    requeue_orphans()

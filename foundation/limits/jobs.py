from __future__ import annotations

from datetime import timedelta

from foundation.jobs.queue import job
from foundation.limits.actions import forget_old_tries


@job(name="foundation.forget_old_tries", cron="17 3 * * *")
def forget_old_tries_daily() -> None:
    """Every night: counts of tries older than two days."""
    forget_old_tries(older_than=timedelta(days=2))

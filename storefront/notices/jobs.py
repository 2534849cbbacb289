from __future__ import annotations

from foundation.jobs.queue import job
from storefront.notices.actions import forget_old


@job(name="notices.forget_old", cron="57 3 * * *")
def forget_old_daily() -> None:
    """Every night: addresses that wait for longer than a year."""
    forget_old()

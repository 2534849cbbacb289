from __future__ import annotations

from commissions.clicks.actions import forget_old_salts
from foundation.jobs.queue import job


@job(name="commissions.forget_old_salts", cron="29 3 * * *")
def forget_old_salts_daily() -> None:
    """Every night: the salts of visitor hashes, two days after their day began."""
    forget_old_salts()

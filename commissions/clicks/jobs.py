from __future__ import annotations

from datetime import timedelta

from commissions.clicks.actions import forget_old_bonds, forget_old_carried, forget_old_salts
from foundation.jobs.queue import job
from foundation.settings import current


@job(name="commissions.forget_old_salts", cron="29 3 * * *")
def forget_old_salts_daily() -> None:
    """Every night: the salts of visitor hashes, two days after their day began."""
    forget_old_salts()


@job(name="commissions.forget_old_bonds", cron="31 3 * * *")
def forget_old_bonds_daily() -> None:
    """Every night: which visits belong to an account, once none of their clicks counts any more."""
    forget_old_bonds(older_than=timedelta(days=current().attribution_days + 1))


@job(name="commissions.forget_old_carried", cron="33 3 * * *")
def forget_old_carried_daily() -> None:
    """Every night: what cookies brought to visits that are long over."""
    forget_old_carried(older_than=timedelta(days=current().credit_cookie_days + 1))

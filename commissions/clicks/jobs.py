from __future__ import annotations

from datetime import timedelta

from commissions.clicks.actions import forget_old_bonds, forget_old_carried, forget_old_salts
from commissions.clicks.days import roll_up
from commissions.clicks.months import drop_months, make_months
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.settings import current

HOUSE = Actor.system("commissions.clicks")


@job(name="commissions.keep_clicks", cron="35 1 * * *")
@in_steps
def keep_clicks_nightly() -> None:
    """Every night: add up the days that are over, make the months to come, drop what is old enough.

    Each is a step of its own: one that failed is tried again, and nothing is dropped that is not added up.
    """
    with unit_of_work():
        make_months(actor=HOUSE)
    while True:
        with unit_of_work():
            if roll_up(actor=HOUSE, zone=current().timezone) is None:
                break
    with unit_of_work():
        drop_months(actor=HOUSE, kept=current().click_months)


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

"""When a month is over, every coach is given what it came to, and told of it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commissions.coaching.actions import close_month
from commissions.coaching.policy import month_after
from commissions.coaching.queries import month_of, plan_by_id, plans_to_close
from commissions.coaching.words import award_names
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.settings import current

HOUSE = Actor.system("commissions.coaching")


def close_last_month() -> int:
    """Close the month before this one for every plan, each in a step of its own; returns how many."""
    zone = current().timezone
    this = clock.today(zone).replace(day=1)
    month = date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)
    until = datetime.combine(month_after(month), time(), ZoneInfo(zone))
    name, name_it = award_names(month)
    with unit_of_work():
        plans = plans_to_close(month, until)
    for plan_id in plans:
        with unit_of_work():
            if close_month(
                actor=HOUSE, plan_id=plan_id, month=month, until=until, name=name, name_it=name_it
            ):
                _tell(plan_id, month)
    return len(plans)


def _tell(plan_id: int, month: date) -> None:
    closed = month_of(plan_id, month)
    if closed.amount_minor:
        write_to(
            plan_by_id(plan_id).coach_id,
            "commissions/coaching/mail/month.txt",
            month=month,
            amount=closed.amount,
        )


@job(name="commissions.coaching", cron="20 * * * *", retries=False)
@in_steps
def look_after_coaching() -> None:
    """Every hour, so that a month is given soon after it ends in the shop's zone; most find nothing to do."""
    close_last_month()

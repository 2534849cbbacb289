from __future__ import annotations

from events.reports import counting
from foundation.actors import Actor
from foundation.jobs.queue import job
from foundation.settings import current

COUNT = "reports.count"


@job(name=COUNT, cron="23 4 * * *")
def count() -> None:
    """Every night: what was sold because of an evening, and figures that are final."""
    actor, days = Actor.system(COUNT), current().return_days
    counting.count_sales(return_days=days)
    counting.freeze(actor=actor, return_days=days)

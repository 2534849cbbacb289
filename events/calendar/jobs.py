from __future__ import annotations

from events.calendar import running
from foundation.actors import Actor
from foundation.jobs.queue import job

KEEP_HOURS = "events.keep_hours"


@job(name=KEEP_HOURS, cron="* * * * *", retries=False)
def keep_hours() -> None:
    """Events begin and end within the minute of their hour."""
    running.keep_hours(actor=Actor.system(KEEP_HOURS))

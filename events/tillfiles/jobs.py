from __future__ import annotations

from events.tillfiles import actions
from foundation.jobs.queue import job


@job(name="tillfiles.forget", cron="49 3 * * *")
def forget() -> None:
    """Every night: files that were kept long enough."""
    actions.drop_old()

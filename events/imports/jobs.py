from __future__ import annotations

from events.imports import actions
from foundation.jobs.queue import job


@job(name="imports.forget", cron="47 3 * * *")
def forget() -> None:
    """Every night: files that were kept long enough."""
    actions.drop_old()

from __future__ import annotations

from editors.saves.actions import forget_guests
from foundation.jobs.queue import job


@job(name="saves.forget_guests", cron="57 3 * * *")
def forget_guests_daily() -> None:
    """Every night: what guests kept who were not seen for long."""
    forget_guests()

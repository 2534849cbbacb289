from __future__ import annotations

from foundation.jobs.queue import job
from storefront.wishes.actions import forget_guests


@job(name="wishes.forget_guests", cron="53 3 * * *")
def forget_guests_daily() -> None:
    """Every night: lists of guests who were not seen for long."""
    forget_guests()

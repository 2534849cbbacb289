from __future__ import annotations

from foundation.jobs.queue import job
from foundation.privacy.actions import forget_what_may_go_now


@job(name="foundation.forget_what_may_go_now", cron="41 3 * * *")
def forget_what_may_go_now_daily() -> None:
    """Every night: what had to be kept of people who were forgotten, once its time is over."""
    forget_what_may_go_now()

from __future__ import annotations

from foundation.jobs.queue import job
from storefront.search import actions


@job(name="search.tidy", cron="41 3 * * *")
def tidy() -> None:
    """Every night: words no product has any more, and old lists of what nobody found."""
    actions.tidy()

from __future__ import annotations

from foundation.jobs.queue import job
from storefront.pairings.actions import pair_up


@job(name="pairings.pair_up", cron="23 * * * *", retries=False)
def pair_up_hourly() -> None:
    """Every hour: which pieces go together, from the looks on show and what was bought."""
    pair_up()

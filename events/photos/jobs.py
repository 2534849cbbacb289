from __future__ import annotations

from events.photos.forgetting import forget_with_names
from foundation.jobs.queue import job


@job(name="photos.forget", cron="57 3 * * *")
def forget() -> None:
    """Every night, after names were erased: the photos they are on."""
    forget_with_names()

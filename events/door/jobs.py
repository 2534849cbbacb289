from __future__ import annotations

from events.door.closing import close_doors
from events.door.forgetting import forget_with_names
from foundation.actors import Actor
from foundation.jobs.queue import job

CLOSE = "door.close"


@job(name=CLOSE, cron="*/10 * * * *", retries=False)
def close() -> None:
    """Every ten minutes: evenings that have been over for two hours."""
    close_doors(actor=Actor.system(CLOSE))


@job(name="door.forget", cron="47 3 * * *")
def forget() -> None:
    """Every night, after names were erased: what they had agreed to."""
    forget_with_names()

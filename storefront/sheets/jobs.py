from __future__ import annotations

from datetime import timedelta
from functools import partial

from foundation import clock
from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction
from foundation.jobs.queue import job
from storefront.sheets.actions import BRING_IN, stop_import
from storefront.sheets.carrying import carry_on, kept_file
from storefront.sheets.queries import silent_runs

# A batch takes seconds and looking a large file through hardly a minute.
SILENCE = timedelta(minutes=15)


@job(name=BRING_IN)
@in_steps
def bring_in(*, run_id: int) -> None:
    """Carry an import on. A worker that is killed leaves whole batches, and its job goes to another."""
    carry_on(run_id, partial(kept_file, run_id))
    leave_transaction()


@job(name="sheets.sweep", cron="*/5 * * * *", retries=False)
def sweep() -> None:
    """A command that was killed cannot say so: its import is stopped, so that others may begin."""
    for run in silent_runs(clock.now() - SILENCE):
        stop_import(actor=Actor.system("sheets.sweep"), run_id=run.id)

from __future__ import annotations

from foundation.db import in_steps
from foundation.files.sweeping import sweep
from foundation.jobs.queue import job


@job(name="foundation.sweep_files", cron="41 4 * * *")
@in_steps
def sweep_files_nightly() -> None:
    """Every night: stored files that no row has named for a month."""
    sweep()

from __future__ import annotations

from editors.tiers.actions import move_everybody
from foundation.jobs.queue import job


@job(name="tiers.move", cron="40 4 * * *")
def move() -> None:
    """Every night: up at once, down after fourteen days."""
    move_everybody()

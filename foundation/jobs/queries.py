from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from foundation.db import db


@dataclass(frozen=True)
class FailedJob:
    """Work that was given up after its last try. `arguments` are what it was called with."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    failed_at: datetime | None


def failed_jobs(limit: int = 200) -> Sequence[FailedJob]:
    """The dead letters, newest first."""
    rows = db.session.execute(
        text(
            """
            SELECT job.id, job.task_name, job.args, job.attempts,
                   (SELECT max(at) FROM procrastinate_events event
                    WHERE event.job_id = job.id AND event.type = 'failed')
            FROM procrastinate_jobs job WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT :limit
            """
        ),
        {"limit": limit},
    )
    return [FailedJob(*row) for row in rows]


def waiting_count() -> int:
    """How many jobs are due or running."""
    statement = text("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
    return int(db.session.execute(statement).scalar_one())


def failed_count() -> int:
    """How many jobs were given up."""
    statement = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    return int(db.session.execute(statement).scalar_one())


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None when none is registered."""
    statement = text("SELECT max(last_heartbeat) FROM procrastinate_workers")
    seen: datetime | None = db.session.execute(statement).scalar_one()
    return seen

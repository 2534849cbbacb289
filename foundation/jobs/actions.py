from __future__ import annotations

from sqlalchemy import text

from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.errors import NotFound


def retry_failed(*, actor: Actor, job_id: int, reason: str) -> None:
    """Give a failed job another chance; raises `NotFound` when it is not in the failed list."""
    moved = db.session.execute(
        text(
            """
            UPDATE procrastinate_jobs
            SET status = 'todo', attempts = 0, scheduled_at = NULL, worker_id = NULL, queueing_lock = NULL
            WHERE id = :id AND status = 'failed' RETURNING id
            """
        ),
        {"id": job_id},
    ).scalar_one_or_none()
    if moved is None:
        raise NotFound()
    record(actor=actor, action="jobs.retry", subject=("job", job_id), reason=reason)


def requeue_orphans(*, silence_seconds: int = 30) -> int:
    """Put back the jobs of workers that died: `doing`, but no worker with a recent heartbeat holds them.

    procrastinate forgets a dead worker's jobs once its row is pruned (its issue 1518), hence our own sweep.
    The same work may have been asked for again meanwhile and wait under its "once" key: the one put back
    goes without that key, else the two would collide and nothing at all would be put back.
    Returns how many were put back.
    """
    rows = db.session.execute(
        text(
            """
            UPDATE procrastinate_jobs job
            SET status = 'todo', worker_id = NULL, scheduled_at = NULL, queueing_lock = NULL
            WHERE job.status = 'doing' AND NOT EXISTS (
                SELECT 1 FROM procrastinate_workers worker
                WHERE worker.id = job.worker_id
                  AND worker.last_heartbeat > now() - make_interval(secs => :silence))
            RETURNING job.id
            """
        ),
        {"silence": silence_seconds},
    ).all()
    return len(rows)

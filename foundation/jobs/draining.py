"""Doing the waiting work here and now, in order: for the demo's story, and for tests that wait for nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
from flask import Flask
from psycopg.rows import dict_row

from foundation import clock
from foundation.jobs.queue import conninfo, queue

_NEXT = """
    SELECT id, task_name, args FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %(at)s)
      AND (%(names)s::text[] = '{}' OR task_name = ANY(%(names)s))
    ORDER BY priority DESC, id LIMIT 1
"""


def drain(app: Flask, *names: str, at: datetime | None = None) -> int:
    """Do all the work that is due, also what that work asks for in turn; returns how many jobs ran.

    An error of a job reaches the caller and the job stays in the queue: calling again is the retry. `names`
    narrows it to jobs of these names; with `at` later work counts as due.
    """
    done = 0
    values: dict[str, Any] = {"at": at or max(clock.now(), clock.machine()), "names": list(names)}
    with psycopg.connect(conninfo(app), autocommit=True, row_factory=dict_row) as connection:
        while job := connection.execute(_NEXT, values).fetchone():
            with app.app_context():
                queue.tasks[job["task_name"]](**job["args"])
            connection.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job["id"]])
            done += 1
    return done


def run_periodic(app: Flask, *names: str) -> None:
    """Run periodic jobs now, as the worker would at their minute."""
    for name in names:
        with app.app_context():
            queue.tasks[name]()

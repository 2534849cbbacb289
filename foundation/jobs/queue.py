"""The queue: how work is named, put aside with the change that asks for it, and run.

A job is a thin function run inside an application context, in one transaction of its own (or in steps,
when it calls the network). It runs at least once: a worker may die after the commit and before the
queue hears of it, so every job is idempotent.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson
import procrastinate
from flask import Flask, current_app
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from foundation.db import db, unit_of_work

DEFAULT_QUEUE = "default"
CAN_WAIT = -10  # the priority of what comes after everything else that is due
RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=3)

# The queue's own function, given its rows as one document: its client makes three objects of each job and
# tells the log of each twice, which was a sixth of what an import of products did itself.
_MANY = text(
    """
    SELECT procrastinate_defer_jobs_v1(array_agg(CAST(
        ROW(CAST(:queue AS text), CAST(:task AS text), CAST(:priority AS integer), NULL, NULL, job.args, NULL)
        AS procrastinate_job_to_defer_v1)))
    FROM jsonb_array_elements(CAST(:arguments AS jsonb)) AS job (args)
    """
)

Job = TypeVar("Job", bound=Callable[..., Any])

queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
_running_app: list[Flask] = []
# Not the queue's own connector: a worker swaps that for an asynchronous one, which cannot write on the
# connection of a session, and then no job could ask for another.
_deferring = JobManager(procrastinate.SyncPsycopgConnector())


def job(
    *,
    name: str,
    queue_name: str = DEFAULT_QUEUE,
    cron: str | None = None,
    retries: bool = True,
    can_wait: bool = False,
) -> Callable[[Job], Job]:
    """Make a function a job called `name`; `cron` runs it periodically (UTC, five or six fields).

    The function itself stays callable. A job that raises is tried eight more times with growing pauses,
    over about three hours, and then stands in the list of failed work for staff. What `can_wait` is done when
    nothing else is due: an import asks for a hundred thousand pictures, and no letter waits behind them.
    """

    def register(function: Job) -> Job:
        @functools.wraps(function)
        def run(**arguments: Any) -> None:
            arguments.pop("timestamp", None)
            with _app().app_context():
                if getattr(function, "in_steps", False):
                    function(**arguments)
                else:
                    with unit_of_work():
                        function(**arguments)

        retry, priority = RETRY if retries else False, CAN_WAIT if can_wait else 0
        task = queue.task(name=name, queue=queue_name, retry=retry, priority=priority)(run)
        if cron is not None:
            periodic: Any = queue.periodic(cron=cron, periodic_id=name)
            periodic(task)
        function.task_name = name  # type: ignore[attr-defined]
        return function

    return register


def defer(
    job_name: str,
    *,
    lock: str | None = None,
    once: str | None = None,
    session: Session | None = None,
    **arguments: Any,
) -> None:
    """Put a job aside on the session's own connection: it exists if and only if the change commits.

    `lock`: jobs with the same lock never run at the same time. `once`: a second waiting job with the
    same key is not made. `session`: another one than the request's own. Arguments are JSON values.
    """
    session = session or db.session()
    if once is None:
        _task(job_name, session, lock, once).defer(**arguments)
        return
    savepoint = session.begin_nested()
    try:
        # Only now: the session sets its savepoint when the connection is first asked for inside of it.
        _task(job_name, session, lock, once).defer(**arguments)
        savepoint.commit()
    except procrastinate.exceptions.AlreadyEnqueued:
        savepoint.rollback()


def defer_many(job_name: str, arguments: Sequence[Mapping[str, Any]]) -> None:
    """Put the same job aside for each of many arguments, in one statement; see `defer`."""
    if arguments:
        known = queue.tasks[job_name]
        values = {"queue": known.queue, "task": job_name, "priority": known.priority}
        db.session.execute(_MANY, values | {"arguments": orjson.dumps(arguments).decode()})


def defer_periodic() -> None:
    """Ask for every periodic job now instead of at its minute: for when somebody moved the clock.

    What became due by that is done as soon as the change commits.
    """
    for name, _ in queue.periodic_registry.periodic_tasks:
        defer(name, once=f"{name} now")


def _task(job_name: str, session: Session, lock: str | None, once: str | None) -> Any:
    known = queue.tasks[job_name]
    return configure_task(
        name=job_name,
        job_manager=_deferring,
        queue=known.queue,
        priority=known.priority,
        lock=lock,
        queueing_lock=once,
        connection=session.connection().connection.driver_connection,
    )


def conninfo(app: Flask) -> str:
    """The address of the application's database in the form psycopg understands."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def run_worker(app: Flask, *, wait: bool = True, concurrency: int = 4) -> None:
    """Run jobs until stopped, or with `wait=False` until none is left that is due."""
    connector = procrastinate.PsycopgConnector(conninfo=conninfo(app), min_size=1, max_size=concurrency + 2)
    _running_app.append(app)
    try:
        with queue.replace_connector(connector) as worker_queue:
            worker_queue.run_worker(
                wait=wait,
                concurrency=concurrency,
                install_signal_handlers=wait,
                listen_notify=wait,
                delete_jobs="successful",
                update_heartbeat_interval=5,
                stalled_worker_timeout=30,
            )
    finally:
        _running_app.remove(app)


def _app() -> Flask:
    """The application a job runs in: the worker's, or the one whose context is already open."""
    if _running_app:
        return _running_app[-1]
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]

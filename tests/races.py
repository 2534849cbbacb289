"""Races: several at the same moment, each in a transaction of its own, and what their twins take away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from time import monotonic
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from foundation.db import db

Work = Callable[[], AbstractContextManager[None]]
PATIENCE = 10  # seconds
WAITS_FOR = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND :ours = ANY (pg_blocking_pids(pid)))"
)


def at_once(app: Flask, *jobs: Callable[[], object]) -> list[Exception]:
    """Run the jobs, all beginning together; the errors they met. What one did is undone by its error."""
    gate, met = threading.Barrier(len(jobs)), list[Exception]()

    def run(job: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait(timeout=PATIENCE)
            try:
                job()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                met.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=3 * PATIENCE)
    return met


def meeting(call: Callable[..., Any], people: int = 2) -> Callable[..., Any]:
    """`call`, but nobody goes on with its answer before everybody has theirs."""
    together = threading.Barrier(people)

    def call_and_wait(*args: Any, **named: Any) -> Any:
        answer = call(*args, **named)
        together.wait(timeout=PATIENCE)
        return answer

    return call_and_wait


def until(happened: threading.Event) -> bool:
    """Wait in a transaction until it happened, or somebody waits for a lock of ours; whether it happened."""
    ours, given_up = db.session.scalar(text("SELECT pg_backend_pid()")), monotonic() + PATIENCE
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as outside:
        while not happened.wait(0.01) and monotonic() < given_up:
            if outside.scalar(WAITS_FOR, {"ours": ours}):
                break
    return happened.is_set()


def point(parties: int = 2) -> Callable[[], None]:
    """Where each goes on once so many have come, or wait for a lock that it holds."""
    everybody, arrived = threading.Event(), count(1)

    def wait() -> None:
        if next(arrived) >= parties:
            everybody.set()
        until(everybody)

    return wait


def blocking(job: Callable[[], object]) -> Callable[[], object]:
    """`job`, which ends only once another waits for what it wrote: none can look after it has ended."""
    never = threading.Event()

    def run_and_wait() -> None:
        job()
        until(never)

    return run_and_wait


def read_without_lock(model: Any, ids: Iterable[int]) -> Sequence[Any]:
    """What `lock_rows` reads, but locking nothing."""
    return db.session.scalars(select(model).where(model.id.in_(set(ids))).order_by(model.id)).all()


@contextmanager
def without_unique(work: Work, *names: str) -> Iterator[None]:
    """These unique constraints or indexes are gone meanwhile; their tables are emptied before they return."""
    gone = []
    with work():
        for name in names:
            table, put_back = _definition(name)
            kind = f"ALTER TABLE {table} DROP CONSTRAINT" if put_back.startswith("ALTER") else "DROP INDEX"
            db.session.execute(text(f"{kind} {name}"))
            gone.append((table, put_back))
    try:
        yield
    finally:
        with work():
            # As a replica no trigger objects, not even those that keep the books.
            db.session.execute(text("SET LOCAL session_replication_role = replica"))
            for table, put_back in gone:
                db.session.execute(text(f"TRUNCATE {table} CASCADE"))
                db.session.execute(text(put_back))


def _definition(name: str) -> tuple[str, str]:
    """Of which table it is, and the statement that makes it again."""
    found = db.session.execute(
        text("SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": name},
    ).one_or_none()
    if found is not None:
        return found[0], f"ALTER TABLE {found[0]} ADD CONSTRAINT {name} {found[1]}"
    row = db.session.execute(
        text("SELECT tablename, indexdef FROM pg_indexes WHERE indexname = :name"), {"name": name}
    ).one()
    return row[0], row[1]

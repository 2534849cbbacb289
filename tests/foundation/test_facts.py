"""Facts: atomic with the change they tell of, one job a subscriber, at least once."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import text

from foundation import facts
from foundation.actors import Actor
from foundation.db import db, unit_of_work
from foundation.jobs import queue
from foundation.jobs.actions import requeue_orphans, retry_failed
from foundation.jobs.queries import failed_jobs, waiting_count
from foundation.jobs.queue import conninfo, run_worker

heard: list[facts.Fact] = []


@dataclass(frozen=True, kw_only=True)
class BellRung(facts.Fact):
    """Somebody rang. For these tests alone."""

    NAME = "tests.BellRung"
    door: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BellBroken(facts.Fact):
    NAME = "tests.BellBroken"
    door: int


def hear(fact: BellRung) -> None:
    heard.append(fact)


def note(fact: BellRung) -> None:
    heard.append(fact)


def knock(fact: BellRung) -> None:
    heard.append(fact)


def stumble(fact: BellBroken) -> None:
    raise RuntimeError("no bell")


def work_once(app):
    """A worker in a thread of its own: where a browser was driven, this one has an event loop already."""
    thread = threading.Thread(target=run_worker, args=(app,), kwargs={"wait": False})
    thread.start()
    thread.join()


RUNG = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def subscribed():
    before = {kind: dict(handlers) for kind, handlers in facts._subscribers.items()}
    facts.subscribe(BellRung, hear)
    facts.subscribe(BellRung, note)
    facts.subscribe(BellBroken, stumble)
    heard.clear()
    yield
    facts._subscribers.clear()
    facts._subscribers.update(before)
    facts._wanted.pop(f"{BellRung.NAME} -> {knock.__module__}.{knock.__qualname__}", None)
    for kind in (BellRung, BellBroken):
        for handler in (hear, note, knock, stumble):
            queue.queue.tasks.pop(f"{kind.NAME} -> {handler.__module__}.{handler.__qualname__}", None)


def test_a_fact_makes_one_job_for_each_subscriber(app):
    with app.app_context():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
        assert waiting_count() == 2


def test_a_fact_of_a_change_that_was_rolled_back_was_never_told(app):
    def fail():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
            raise ValueError

    with app.app_context():
        with pytest.raises(ValueError):
            fail()
        assert waiting_count() == 0


def test_a_worker_delivers_the_fact_as_it_was_said(app):
    with app.app_context(), unit_of_work():
        fact = BellRung(door=3, at=RUNG)
        facts.record(fact)
    work_once(app)
    assert heard == [fact, fact]


def test_an_older_worker_drops_the_fields_it_does_not_know(app):
    fact = facts._rebuild(BellRung, {"fact_id": "x", "door": 1, "at": RUNG.isoformat(), "colour": "red"})
    assert fact == BellRung(fact_id="x", door=1, at=RUNG)


def test_a_listener_that_cares_for_few_gets_jobs_for_those_alone(app):
    facts.subscribe(BellRung, knock, when=lambda fact: fact.door == 7)
    with app.app_context():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
        assert waiting_count() == 2
        with unit_of_work():
            facts.record(BellRung(door=7, at=RUNG))
        assert waiting_count() == 5


def test_saying_a_subscription_twice_is_saying_it_once(app):
    facts.subscribe(BellRung, hear)
    with app.app_context():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
        assert waiting_count() == 2


def test_a_failing_job_is_tried_again_later_and_ends_in_the_list_of_failed_work(app):
    with app.app_context(), unit_of_work():
        facts.record(BellBroken(door=1))
    for _ in range(10):
        work_once(app)
        with psycopg.connect(conninfo(app), autocommit=True) as connection:
            connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    with app.app_context():
        (dead,) = failed_jobs()
        assert dead.arguments["fact"]["door"] == 1
        assert dead.attempts == 9
        with unit_of_work():
            retry_failed(actor=Actor.guest(), job_id=dead.id, reason="the bell was mended")
        assert failed_jobs() == []
        assert waiting_count() == 1


def test_the_sweep_takes_back_the_work_of_a_worker_that_was_killed(app):
    with app.app_context():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
        with unit_of_work():
            db.session.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"))
        with unit_of_work():
            assert requeue_orphans() == 2
    work_once(app)
    assert len(heard) == 2


def test_the_sweep_takes_back_work_that_was_asked_for_again_meanwhile(app):
    """The worker died over a job that is asked for once at a time, and the next asking waits already."""
    with app.app_context():
        for _ in range(2):
            with unit_of_work():
                queue.defer("tests.BellRung -> tests.foundation.test_facts.hear", once="bell", fact={})
                db.session.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"))
        with unit_of_work():
            queue.defer("tests.BellRung -> tests.foundation.test_facts.hear", once="bell", fact={})
        with unit_of_work():
            assert requeue_orphans() == 2
        assert waiting_count() == 3


def test_the_sweep_leaves_the_work_of_a_living_worker_alone(app):
    with app.app_context():
        with unit_of_work():
            facts.record(BellRung(door=3, at=RUNG))
        with unit_of_work():
            worker = db.session.execute(
                text("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
            ).scalar_one()
            db.session.execute(
                text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :id"), {"id": worker}
            )
        with unit_of_work():
            assert requeue_orphans() == 0

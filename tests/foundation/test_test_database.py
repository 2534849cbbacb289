"""The fixtures themselves: what a test commits is gone for the next; what it counts is what was sent."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from foundation import clock as shop_clock
from foundation.db import db
from tests import databases
from tests.conftest import Clock, Statements

INSERT = "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('none', 'nobody')"
COUNT = "SELECT count(*) FROM procrastinate_jobs"


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(db_url: str, turn: int) -> None:
    with psycopg.connect(db_url) as connection:
        assert connection.execute(COUNT).fetchone() == (0,)
        connection.execute(INSERT)
    with psycopg.connect(db_url) as another:
        assert another.execute(COUNT).fetchone() == (1,)


def test_emptying_a_used_database_takes_a_moment(db_url: str, broom: psycopg.Connection) -> None:
    took = []
    for _ in range(5):
        broom.execute(INSERT)
        began = time.perf_counter()
        databases.empty(broom)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.05  # half a millisecond on a quiet machine


def test_the_clock_stands_still_until_it_is_moved(clock: Clock) -> None:
    assert shop_clock.now() == datetime(2026, 3, 2, 9, tzinfo=UTC)
    clock.advance(days=30)
    assert shop_clock.now() == datetime(2026, 4, 1, 9, tzinfo=UTC)


def test_every_statement_is_counted_and_no_bookkeeping(
    app: Flask, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with app.app_context(), statements() as seen:
        db.session.execute(text("SELECT 1"))
        with db.session.begin_nested():
            db.session.execute(text("SELECT 2"))
        db.session.rollback()
    assert seen.sql == ["SELECT 1", "SELECT 2"]

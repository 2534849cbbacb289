"""Preparing a payout run over a hundred thousand editors, and the same run beside ten times the history.

Both are by the clock, from the first statement to the commit, because it is PostgreSQL that works. Ours and
the control take turns; what a turn wrote is taken away before the next. The control is what three hands would
type, which looks neither at who can be paid nor at what a day cuts off.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg

from benchmarks.crowds import another, name_of
from benchmarks.payrolls import CURRENCY, FROM, MINIMUM_MINOR, fill_payroll
from commissions.payouts.actions import prepare_run
from foundation import clock
from foundation.actors import Actor
from foundation.db import db, unit_of_work
from foundation.money import Money
from wsgi import create_app

RUNS = 2
HOUSE = Actor.system("benchmarks")
_BARE_RUN = """
    INSERT INTO payout_runs (status, currency, minimum_minor, until, prepared_by_id, prepared_at)
    VALUES ('prepared', %(currency)s, %(minimum)s, %(now)s, %(by)s, %(now)s)
"""
_BARE_PAYOUTS = """
    INSERT INTO payouts (run_id, editor_id, status, currency, amount_minor, attempt)
    SELECT run.id, editor_id, 'prepared', %(currency)s, sum(amount_minor), 0
    FROM payable_movements, (SELECT max(id) AS id FROM payout_runs WHERE status = 'prepared') run
    WHERE payout_id IS NULL GROUP BY run.id, editor_id HAVING sum(amount_minor) >= %(minimum)s
"""
_BARE_MOVEMENTS = """
    UPDATE payable_movements SET payout_id = payouts.id
    FROM payouts JOIN payout_runs run ON run.id = payouts.run_id AND run.status = 'prepared'
    WHERE payable_movements.editor_id = payouts.editor_id AND payable_movements.payout_id IS NULL
"""
_UNDO = (
    "SET LOCAL session_replication_role = replica",
    """
    UPDATE payable_movements SET payout_id = NULL
    FROM payouts JOIN payout_runs run ON run.id = payouts.run_id AND run.status = 'prepared'
    WHERE payouts.id = payout_id
    """,
    "DELETE FROM payouts USING payout_runs run WHERE run.id = run_id AND run.status = 'prepared'",
    "DELETE FROM payout_runs WHERE status = 'prepared'",
)
Turn = Callable[[], float]


def measure_run(url: str, home: Path, rounds: int, editors: int) -> tuple[float, float]:
    """Seconds to prepare a run over so many editors: ours, and by three bare statements."""
    now = clock.now()
    fill_payroll(url, editors=editors, runs=RUNS, now=now)
    return in_turns(rounds, _prepared(url, home, editors), _typed(url, now, editors))


def measure_history(url: str, home: Path, rounds: int, editors: int) -> tuple[float, float]:
    """Seconds to prepare the same run beside ten times the history, and beside the history once."""
    large, now = another(url, f"{name_of(url)}-large"), clock.now()
    for each, runs in ((url, RUNS), (large, 10 * RUNS)):
        fill_payroll(each, editors=editors, runs=runs, now=now)
    return in_turns(rounds, _prepared(large, home, editors), _prepared(url, home, editors))


def in_turns(rounds: int, ours: Turn, theirs: Turn) -> tuple[float, float]:
    """The middle of what each took; who goes first changes, and the first round warms up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for side in (0, 1) if turn % 2 else (1, 0):
            took = (ours, theirs)[side]()
            if turn:
                times[side].append(took)
    return statistics.median(times[0]), statistics.median(times[1])


def _prepared(url: str, home: Path, editors: int) -> Turn:
    app = create_app({"DATABASE_URL": url, "DATA_DIR": str(home / "data"), "LOG_LEVEL": "WARNING"})

    def prepare() -> float:
        with app.app_context():
            began = time.perf_counter()
            with unit_of_work():
                minimum = Money(MINIMUM_MINOR, CURRENCY)
                prepare_run(actor=HOUSE, account_id=FROM, currency=CURRENCY, minimum=minimum)
            took = time.perf_counter() - began
            db.engine.dispose()
        _undo(url, editors)
        return took

    return prepare


def _typed(url: str, now: datetime, editors: int) -> Turn:
    values = {"currency": CURRENCY, "minimum": MINIMUM_MINOR, "now": now, "by": FROM}

    def type_them() -> float:
        with psycopg.connect(url) as connection:
            began = time.perf_counter()
            for statement in (_BARE_RUN, _BARE_PAYOUTS, _BARE_MOVEMENTS):
                connection.execute(statement, values)
            connection.commit()
            took = time.perf_counter() - began
        _undo(url, editors)
        return took

    return type_them


def _undo(url: str, editors: int) -> None:
    with psycopg.connect(url) as connection:
        for statement in _UNDO:
            done = connection.execute(statement).rowcount
            if statement.startswith("DELETE FROM payouts ") and not done >= editors * 9 // 10:
                raise RuntimeError(f"only {done} of {editors} editors were in the run")
        connection.commit()
        connection.autocommit = True
        for table in ("payable_movements", "payouts"):
            connection.execute(f"VACUUM (ANALYZE) {table}")

"""Books of ten million legs: what an editor's balance costs in them, and what many entries at once cost.

The balance is the statement of the studio, by the clock, in books of two years whose months are closed as the
job closes them; the control is the same statement in books a thousandth of the size, with as many editors.
The entries go through the one door of the books; the control is COPY of the same rows into the same tables,
with everything that keeps them true.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from flask import Flask
from psycopg.types.numeric import Int8

from benchmarks.crowds import another, name_of
from benchmarks.moving_money import HOUSE, Turn, in_turns
from benchmarks.payrolls import CURRENCY, FROM
from commissions.ledger.actions import EntryDraft, post_all, transfer
from commissions.ledger.jobs import close_all
from commissions.ledger.models import AccountKind, EntryKind
from commissions.ledger.queries import editor_balance
from foundation import clock
from foundation.db import db, unit_of_work
from foundation.money import Money
from wsgi import create_app

LEGS_BEFORE, EDITORS, ASKED = 10_000, 1_000, 200
YEARS = timedelta(days=730)
KINDS = ("editor_pending", "editor_payable", "editor_paid_out")
IN_AN_ENTRY = 20
_AS_REPLICA = "SET LOCAL session_replication_role = replica"
_ACCOUNTS = """
    INSERT INTO ledger_accounts (id, kind, editor_id, currency)
    SELECT %(from)s - 1, 'house_commission', NULL::bigint, %(currency)s
    UNION ALL
    SELECT %(from)s + editor * 3 + kind - 1, (%(kinds)s::text[])[kind], %(from)s + editor, %(currency)s
    FROM generate_series(0, %(editors)s - 1) AS editor, generate_series(1, 3) AS kind
"""
_ENTRIES = """
    INSERT INTO ledger_entries (id, key, kind, at, currency, leg_count, actor_label)
    SELECT %(from)s + n, 'bench:' || n, 'accrued', %(begin)s + n * %(step)s, %(currency)s, %(each)s,
        'benchmarks'
    FROM generate_series(0, %(legs)s / %(each)s - 1) AS n
"""
# One leg costs the house, the next is an editor's; each editor's turn comes round for each of their accounts.
_LEGS = """
    INSERT INTO ledger_legs (id, entry_id, account_id, currency, side, amount_minor, at)
    SELECT %(from)s + n, %(from)s + n / %(each)s,
        CASE n %% 2 WHEN 0 THEN %(from)s - 1
            ELSE %(from)s + n / 2 %% %(editors)s * 3 + n / (2 * %(editors)s) %% 3 END,
        %(currency)s, CASE n %% 2 WHEN 0 THEN 'debit' ELSE 'credit' END, 100 + n / 2 %% 997,
        %(begin)s + n / %(each)s * %(step)s
    FROM generate_series(0, %(legs)s - 1) AS n
"""
# Indexes are dropped before and built after, and so are the keys that only guard: half of the time.
_INDEXES = """
    SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid IN ('ledger_legs'::regclass, 'ledger_entries'::regclass) AND NOT indisunique
"""
_EMPTY = ("TRUNCATE ledger_legs, ledger_entries CASCADE", "ANALYZE ledger_legs", "ANALYZE ledger_entries")


def measure_balances(url: str, home: Path, rounds: int, legs: int) -> tuple[float, float]:
    """Seconds an editor's balance takes among so many legs, and among the ten thousand of small books."""
    large = another(url, f"{name_of(url)}-large")
    for each, number in ((url, min(LEGS_BEFORE, legs)), (large, legs)):
        _fill(each, number)
    return in_turns(rounds, _balances(_app(large, home)), _balances(_app(url, home)))


def measure_bulk(url: str, home: Path, rounds: int, entries: int) -> tuple[float, float]:
    """Seconds to write so many entries of two legs: ours, and by COPY."""
    with psycopg.connect(url) as connection:
        connection.execute(_ACCOUNTS, _values(0))
    drafts = [
        transfer(
            key=f"bench:{number}",
            kind=EntryKind.ACCRUED,
            amount=Money(100 + number, CURRENCY),
            debit=(AccountKind.HOUSE_COMMISSION, None),
            credit=(AccountKind.EDITOR_PENDING, FROM + number % EDITORS),
        )
        for number in range(entries)
    ]
    return in_turns(rounds, _posted(_app(url, home), url, drafts), _copied(url, entries))


def _app(url: str, home: Path) -> Flask:
    return create_app({"DATABASE_URL": url, "DATA_DIR": str(home / "data"), "LOG_LEVEL": "WARNING"})


def _values(legs: int) -> dict[str, object]:
    return {
        "from": Int8(FROM),
        "currency": CURRENCY,
        "editors": Int8(EDITORS),
        "kinds": list(KINDS),
        "legs": Int8(legs),
        "each": Int8(IN_AN_ENTRY),
        "begin": clock.now() - YEARS,
        "step": YEARS / (legs // IN_AN_ENTRY) if legs else YEARS,
    }


def _fill(url: str, legs: int) -> None:
    values = _values(legs)
    with psycopg.connect(url) as connection:
        connection.execute(_AS_REPLICA)
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        indexes = connection.execute(_INDEXES).fetchall()
        for drop, _ in indexes:
            connection.execute(drop)
        for statement in (_ACCOUNTS, _ENTRIES, _LEGS):
            connection.execute(statement, values)
        for _, create in indexes:
            connection.execute(create)
        connection.commit()
        connection.autocommit = True
        for table in ("ledger_accounts", "ledger_entries", "ledger_legs"):
            connection.execute(f"VACUUM (ANALYZE) {table}")


def _balances(app: Flask) -> Turn:
    """Close the months that are over, then ask for balances turn by turn; seconds for one."""
    with app.app_context():
        close_all()

    def ask() -> float:
        with app.app_context(), unit_of_work():
            editor_balance(FROM, CURRENCY)  # connected and planned
            began = time.perf_counter()
            for number in range(ASKED):
                editor_balance(FROM + number % EDITORS, CURRENCY)
            return (time.perf_counter() - began) / ASKED

    return ask


def _posted(app: Flask, url: str, drafts: Sequence[EntryDraft]) -> Turn:
    def post() -> float:
        with app.app_context():
            db.session.connection()
            db.session.rollback()
            began = time.perf_counter()
            with unit_of_work():
                post_all(actor=HOUSE, entries=drafts)
            took = time.perf_counter() - began
        _empty(url)
        return took

    return post


def _copied(url: str, entries: int) -> Turn:
    """The same rows as bytes that lie ready, as a file would."""
    at = clock.now()
    kept = [_row(FROM + n, f"bench:{n}", "accrued", at, CURRENCY, 2, "benchmarks") for n in range(entries)]
    legs = [
        _row(FROM + 2 * n + side, FROM + n, account, CURRENCY, name, 100 + n, at)
        for n in range(entries)
        for side, (name, account) in enumerate((("debit", FROM - 1), ("credit", FROM + n % EDITORS * 3)))
    ]
    tables = (
        ("ledger_entries (id, key, kind, at, currency, leg_count, actor_label)", "".join(kept).encode()),
        ("ledger_legs (id, entry_id, account_id, currency, side, amount_minor, at)", "".join(legs).encode()),
    )

    def copy() -> float:
        with psycopg.connect(url) as connection:
            began = time.perf_counter()
            for table, rows in tables:
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as into:
                    into.write(rows)
            connection.commit()
            took = time.perf_counter() - began
        _empty(url)
        return took

    return copy


def _row(*cells: str | int | datetime) -> str:
    return "\t".join(map(str, cells)) + "\n"


def _empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(_AS_REPLICA)
        for statement in _EMPTY:
            connection.execute(statement)

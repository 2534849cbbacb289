"""Many editors who are owed something, made by a handful of statements.

Each is owed by three movements, one of them taken back again for every seventh. Every twentieth editor is
below the minimum, every tenth cannot be paid yet. What was paid before lies beside it, run after run.
"""

from __future__ import annotations

from datetime import datetime

import psycopg
from psycopg.types.numeric import Int8

CURRENCY, MINIMUM_MINOR = "EUR", 1_000
# The first id of everything made here, unless told otherwise; what actions made before keeps below it.
FROM = 1_000_000
PER_EDITOR = 3
# As a replica no trigger objects: these editors are owed without a sale behind it.
_AS_REPLICA = "SET LOCAL session_replication_role = replica"
_STATEMENTS = (
    """
    INSERT INTO accounts (id, email, name, password_hash, language, created_at, session_epoch)
    SELECT %(from)s + n, 'editor-' || %(from)s + n || '@example.test', 'Editor ' || n, '!', 'en', %(now)s, 0
    FROM generate_series(0, %(editors)s - 1) AS n
    """,
    """
    INSERT INTO editors (id, account_id, handle, handle_shape, name, city, words, style, status, joined_at)
    SELECT number, number, 'editor-' || number, 'editor-' || number, 'Editor ' || number, 'Torino', '', '',
        'active', %(now)s
    FROM generate_series(%(from)s, %(from)s + %(editors)s - 1) AS number
    """,
    """
    INSERT INTO payees (editor_id, account, status, requirements, attempt, created_at, asked_at)
    SELECT %(from)s + n, CASE WHEN n %% 10 > 0 THEN 'acct_bench_' || %(from)s + n END,
        CASE WHEN n %% 10 > 0 THEN 'active' ELSE 'created' END, '{}', 1, %(now)s, %(now)s
    FROM generate_series(0, %(editors)s - 1) AS n
    """,
    """
    INSERT INTO payout_runs (id, status, currency, minimum_minor, until, prepared_by_id, prepared_at)
    SELECT %(from)s + run, 'done', %(currency)s, %(minimum)s, at, %(from)s, at
    FROM generate_series(1, %(runs)s) AS run
    CROSS JOIN LATERAL (SELECT %(now)s - (%(runs)s - run + 2) * interval '30 days' AS at) own
    """,
    """
    INSERT INTO payouts (id, run_id, editor_id, status, currency, amount_minor, attempt, transfer_id, sent_at)
    SELECT %(from)s + (run - 1) * %(editors)s + n, %(from)s + run, %(from)s + n, 'sent', %(currency)s, 4500,
        1, 'tr_bench_' || run || '_' || %(from)s + n, %(now)s - (%(runs)s - run + 2) * interval '30 days'
    FROM generate_series(1, %(runs)s) AS run, generate_series(0, %(editors)s - 1) AS n
    """,
    """
    INSERT INTO payable_movements (entry_id, editor_id, payout_id, kind, currency, amount_minor, at)
    SELECT %(from)s + ((run - 1) * %(editors)s + n) * 3 + part, %(from)s + n,
        %(from)s + (run - 1) * %(editors)s + n, 'matured', %(currency)s, 1500,
        %(now)s - (%(runs)s - run + 2) * interval '30 days'
    FROM generate_series(1, %(runs)s) AS run, generate_series(0, %(editors)s - 1) AS n,
        generate_series(0, 2) AS part
    """,
    """
    INSERT INTO payable_movements (entry_id, editor_id, kind, currency, amount_minor, at)
    SELECT %(from)s + (%(runs)s * %(editors)s + n) * 3 + part, %(from)s + n,
        CASE WHEN part = 2 AND n %% 7 = 0 THEN 'reversed' ELSE 'matured' END, %(currency)s,
        CASE WHEN part = 2 AND n %% 7 = 0 THEN -300 WHEN n %% 20 = 0 THEN 100 ELSE 700 + n %% 900 END,
        %(now)s - interval '1 day'
    FROM generate_series(0, %(editors)s - 1) AS n, generate_series(0, 2) AS part
    """,
)
_TABLES = ("accounts", "editors", "payees", "payout_runs", "payouts", "payable_movements")


def fill_payroll(url: str, *, editors: int, runs: int, now: datetime, first: int = FROM) -> None:
    """Put `editors` into the shop of the database who were paid by `runs` runs before, and are owed again."""
    values = {
        "from": Int8(first),  # a small number would be reckoned with in two bytes
        "editors": Int8(editors),
        "runs": Int8(runs),
        "now": now,
        "currency": CURRENCY,
        "minimum": MINIMUM_MINOR,
    }
    with psycopg.connect(url) as connection:
        connection.execute(_AS_REPLICA)
        for statement in _STATEMENTS:
            connection.execute(statement, values)
        connection.commit()
        connection.autocommit = True
        for table in _TABLES:
            connection.execute(f"VACUUM (ANALYZE) {table}")

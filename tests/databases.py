"""The tests' PostgreSQL: one private server a run, one migrated template, one clone a worker.

Nothing is rolled back behind a test's back: tests commit for real, over as many connections as they like, and
every row is taken away after each test.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade
from psycopg import sql

from foundation import postgres
from foundation.db import db
from wsgi import create_app

TEMPLATE = "vetrina_template"
# A small table is emptied by DELETE, which touches no file; a big one by TRUNCATE. As "replica" no trigger
# objects, not even those that keep the ledger append-only. What the migrations put in is laid down again. Ids
# start again too, in each table at another thousand: a test that takes one id for another finds nothing.
EMPTIER = """
CREATE SCHEMA seeds;
DO $$ DECLARE t name; filled boolean; BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', t) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE seeds.%I AS TABLE public.%I', t, t); END IF;
  END LOOP;
END $$;
CREATE FUNCTION seeds.empty_everything() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t name; size bigint; BEGIN
  SET LOCAL session_replication_role = replica;
  SET LOCAL lock_timeout = '10s';
  FOR t, size IN SELECT relname, pg_relation_size(oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    AND pg_relation_size(oid) > 0
  LOOP
    IF size > 131072 THEN EXECUTE format('TRUNCATE public.%I CASCADE', t);
    ELSE EXECUTE format('DELETE FROM public.%I', t); END IF;
  END LOOP;
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'seeds'::regnamespace AND relkind = 'r'
    AND relname NOT LIKE '% starts' LOOP
    EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM seeds.%I', t, t);
  END LOOP;
  PERFORM setval(counter, first, false) FROM seeds." starts"
    WHERE coalesce(pg_sequence_last_value(counter), first - 1) >= first;
END $$;
CREATE TABLE seeds." starts" AS
  SELECT oid::regclass AS counter, 1000 * row_number() OVER (ORDER BY relname) + 1 AS first
  FROM pg_sequence JOIN pg_class ON oid = seqrelid
  WHERE relnamespace = 'public'::regnamespace AND pg_sequence_last_value(seqrelid) IS NULL;
SELECT setval(counter, first, false) FROM seeds." starts";
"""


def database_url(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return server.replace(f"/{postgres.NAME}?", f"/{name}?")


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / "workers.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def clone(home: Path, name: str) -> str:
    """A fresh, migrated database called `name`; the first caller of a run starts the server and migrates."""
    server = postgres.ensure_running(home / "postgres", durable=False)
    with _alone(home), psycopg.connect(server, autocommit=True) as connection:
        done = home / "template.done"
        if not done.exists():
            _make_template(connection, server, home)
            done.touch()
        copy, original = sql.Identifier(name), sql.Identifier(TEMPLATE)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, original))
    return database_url(server, name)


def drop(home: Path, name: str) -> None:
    """Remove a clone, also under the feet of whoever still uses it."""
    server = postgres.ensure_running(home / "postgres", durable=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_template(connection: psycopg.Connection, server: str, home: Path) -> None:
    name = sql.Identifier(TEMPLATE)
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    url = database_url(server, TEMPLATE)
    app = create_app({"VETRINA_ENV": "test", "DATABASE_URL": url, "DATA_DIR": str(home)})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    with psycopg.connect(url, autocommit=True) as fresh:
        fresh.execute(EMPTIER)


def empty(connection: psycopg.Connection) -> None:
    """Take away every row that a test left; what the migrations put in stays.

    A request that a closed page left behind may still hold some of them. PostgreSQL ends one of the two; when
    that is us, the other is over by now.
    """
    try:
        connection.execute("SELECT seeds.empty_everything()")
    except psycopg.errors.DeadlockDetected:
        connection.execute("SELECT seeds.empty_everything()")


def home_of_this_run() -> Path:
    """The folder that the run's first process made and its workers inherit."""
    return Path(os.environ["VETRINA_TEST_HOME"])

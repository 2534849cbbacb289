"""Alive and ready: what whoever watches the installation is told."""

from sqlalchemy import text

from foundation import clock
from foundation.db import db


def test_alive_needs_nothing_but_the_process(client, statements):
    with statements() as seen:
        assert client.get("/healthz").json == {"status": "ok"}
    assert seen.count == 0


def test_ready_tries_a_small_write(client, work):
    with work():
        db.session.execute(text("UPDATE readiness SET checked_at = now() - interval '1 day'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["database"], answer.json["migrations"]) == (200, "ok", "ok")
    assert answer.json["worker"] == "not seen lately"
    with work():
        tried = db.session.execute(text("SELECT checked_at FROM readiness")).scalar_one()
    assert (clock.machine() - tried).total_seconds() < 60


def test_a_living_worker_is_told(client, work):
    with work():
        db.session.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    assert client.get("/readyz").json["worker"] == "ok"


def test_older_tables_than_the_program_are_not_ready(client, work):
    with work():
        newest = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json["migrations"] == f"at 0001, newest is {newest}"
    finally:
        with work():
            db.session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})


def test_a_database_that_only_reads_is_not_ready_and_nothing_of_it_is_told(client, app, work):
    name = db_name(work)
    with work():
        db.session.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    with app.app_context():
        db.engine.dispose()
    try:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json) == (
            503,
            {"status": "unavailable", "database": "no answer"},
        )
    finally:
        with work():
            db.session.execute(text("SET transaction_read_only = off"))
            db.session.execute(text(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'))
        with app.app_context():
            db.engine.dispose()


def db_name(work) -> str:
    with work():
        return str(db.session.execute(text("SELECT current_database()")).scalar_one())

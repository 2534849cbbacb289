"""The edge: what commits, what rolls back, and that nothing talks to the network in between."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from foundation import clock
from foundation.accounts.guards import public
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.audit.models import AuditRow
from foundation.db import (
    NetworkInsideTransaction,
    WriteOutsideUnitOfWork,
    db,
    in_steps,
    leave_transaction,
    refuse_inside_transaction,
    unit_of_work,
    writes,
)
from foundation.errors import Conflict
from tests.conftest import environment
from wsgi import create_app

GUEST = Actor.guest()


def note() -> None:
    record(actor=GUEST, action="test.note", subject=("test", 1))


def count() -> int:
    return db.session.execute(select(func.count()).select_from(AuditRow)).scalar_one()


@pytest.fixture
def answer(db_url, tmp_path):
    """Serve one view at the edge of an application of its own and say how many rows stayed."""
    app = create_app(environment(db_url, tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False

    def call(view, *, method="POST"):
        app.add_url_rule("/probe", endpoint="probe", view_func=view, methods=[method])
        app.test_client().open("/probe", method=method)
        with app.app_context():
            return count()

    yield call
    with app.app_context():
        db.engine.dispose()


@public
def note_and_answer():
    note()
    return "noted"


def test_an_unsafe_request_commits(answer):
    assert answer(note_and_answer) == 1


def test_a_safe_request_rolls_back_even_when_it_wrote(answer):
    assert answer(note_and_answer, method="GET") == 0


def test_a_safe_request_of_a_view_marked_as_a_writer_commits(answer):
    assert answer(writes(public(lambda: (note(), "noted")[1])), method="GET") == 1


def test_an_answer_of_400_or_more_rolls_back(answer):
    def refuse():
        note()
        return "no", 422

    assert answer(refuse) == 0


def test_a_view_in_steps_keeps_what_its_steps_committed(answer):
    @in_steps
    def two_steps():
        with unit_of_work():
            note()
        return "one"

    assert answer(two_steps) == 1


def test_a_view_in_steps_that_writes_outside_of_a_step_is_told(answer):
    @in_steps
    def careless():
        note()
        db.session.flush()
        return "oops"

    with pytest.raises(WriteOutsideUnitOfWork):
        answer(careless)


def test_an_error_in_a_unit_of_work_takes_everything_back(app):
    def fail():
        with unit_of_work():
            note()
            raise Conflict()

    with app.app_context():
        with pytest.raises(Conflict):
            fail()
        assert count() == 0


def test_the_network_is_refused_while_a_transaction_is_open(app):
    with app.app_context():
        refuse_inside_transaction()
        count()
        with pytest.raises(NetworkInsideTransaction):
            refuse_inside_transaction()
        leave_transaction()
        refuse_inside_transaction()


def test_leaving_a_transaction_that_wrote_is_refused(app):
    with app.app_context():
        note()
        db.session.flush()
        with pytest.raises(WriteOutsideUnitOfWork):
            leave_transaction()


def test_audit_rows_can_neither_be_changed_nor_deleted(app):
    with app.app_context():
        with unit_of_work():
            note()
        row = db.session.scalars(select(AuditRow)).one()
        row.action = "test.forged"
        with pytest.raises(Exception, match="append-only"):
            db.session.flush()
        db.session.rollback()
        db.session.delete(db.session.scalars(select(AuditRow)).one())
        with pytest.raises(Exception, match="append-only"):
            db.session.flush()
        db.session.rollback()
        assert count() == 1
        assert db.session.scalars(select(AuditRow)).one().at <= clock.now()

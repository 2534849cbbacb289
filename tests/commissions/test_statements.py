"""Statements of closed months: what was once shown stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from commissions.ledger.jobs import close_all
from commissions.statements import actions
from commissions.statements.jobs import write_all
from commissions.statements.models import MonthStatement
from commissions.statements.proof import verify
from commissions.statements.showing import as_csv, statement
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation.db import db
from foundation.mail.models import Message
from tests.commissions.sales import TESTS
from tests.races import at_once, meeting, without_unique


@pytest.fixture
def month_over(shop, owed, work, clock, app):
    """The month in which the sale became payable is closed; its first day."""
    with work():
        at = shop_clock.now()
    clock.advance(days=32)
    with app.app_context():
        close_all()
    return at.date().replace(day=1)


def shown(shop, first):
    return statement(shop.editor_id, first, "EUR", "Europe/Rome")


def test_a_closed_month_is_shown_as_it_was_written_whatever_is_renamed_later(
    shop, month_over, work, app, client_of
):
    with work():
        live = shown(shop, month_over)
        assert (live.closed_at, len(live.lines)) == (None, 1)
    with app.app_context():
        assert write_all() == 1
        assert write_all() == 0
    with work():
        before = as_csv(shown(shop, month_over))
        assert before == as_csv(live)
        db.session.execute(text("UPDATE commissions SET piece = 'Another name', order_number = 'V-0'"))
        db.session.execute(text("UPDATE payable_movements SET amount_minor = amount_minor + 1"))
        after = shown(shop, month_over)
        assert (as_csv(after), after.closed_at is not None) == (before, True)
        assert verify().fault is not None
        db.session.rollback()
    with work():
        assert verify().ok
        letters = db.session.scalars(select(Message.subject)).all()
        assert sum(one.startswith("Your statement for") for one in letters) == 1
        account = db.session.get_one(Editor, shop.editor_id).account_id
    page = client_of(account).get(f"/studio/statements/{month_over:%Y-%m}").text
    assert "Nothing on this statement changes any more" in page


@pytest.mark.parametrize("change", ["UPDATE statements SET closing_minor = 0", "DELETE FROM statements"])
def test_the_database_refuses_to_change_a_written_statement(change, month_over, app, work):
    with app.app_context():
        write_all()
    with pytest.raises(DBAPIError, match=r"(?i)append|refuse|denied|added"), work():
        db.session.execute(text(change))
    with work():
        assert db.session.scalars(select(MonthStatement.closing_minor)).one() == 1867


def test_two_writers_at_once_write_each_statement_once(month_over, app, work):
    def write() -> None:
        actions.write_statements(actor=TESTS, limit=10)

    assert at_once(app, write, write) == []
    with work():
        assert len(db.session.scalars(select(MonthStatement.id)).all()) == 1


def test_without_the_unique_key_a_statement_is_written_twice(month_over, app, work):
    """The twin: neither is done before both have written."""
    both_wrote = meeting(actions.write_statements)

    def write() -> None:
        both_wrote(actor=TESTS, limit=10)

    with without_unique(work, "uq_statements_editor_id_currency_month"):
        assert at_once(app, write, write) == []
        with work():
            assert len(db.session.scalars(select(MonthStatement.id)).all()) == 2


def test_the_totals_of_a_year_are_the_sums_of_its_months(shop, month_over, work, client_of):
    with work():
        account = db.session.get_one(Editor, shop.editor_id).account_id
    browser = client_of(account)
    page = browser.get(f"/studio/statements/years/{month_over.year}").text
    assert (f"Totals of {month_over.year}" in page, page.count("18.67") >= 2) == (True, True)
    rows = (
        browser.get(f"/studio/statements/years/{month_over.year}.csv").data.decode("utf-8-sig").splitlines()
    )
    sums = "18.67,0.00,0.00,0.00,0.00,EUR"
    assert rows[1:] == [f"{month_over:%Y-%m},{sums}", f"Whole year,{sums}"]
    assert browser.get(f"/studio/statements/years/{month_over.year}.pdf").data.startswith(b"%PDF")
    assert browser.get("/studio/statements/years/1999").status_code == 404
    assert f"/studio/statements/years/{month_over.year}" in browser.get("/studio/statements").text

"""Months of the books: closed once, with balances that are rows and a chain that finds what was changed."""

import threading
import time
from datetime import UTC, datetime

from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.ledger import closing
from commissions.ledger.actions import post, transfer
from commissions.ledger.jobs import close_all
from commissions.ledger.models import AccountKind, EntryKind, LedgerBalance, LedgerClosing, LedgerEntry
from commissions.ledger.queries import editor_balance, owed_to
from commissions.statements.proof import verify
from foundation.db import db
from foundation.money import Money
from tests.commissions.sales import (
    TESTS,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
)
from tests.commissions.test_run_races import WAITING
from tests.races import PATIENCE

# What somebody with every right at the database can do, and the promise that names it.
DAMAGES = (
    (
        "UPDATE ledger_entries SET actor_label = 'another' WHERE id = (SELECT min(id) FROM ledger_entries)",
        "a sealed entry was changed or is gone",
    ),
    (
        "UPDATE ledger_accounts SET editor_id = editor_id + 1 WHERE kind = 'editor_pending'",
        "a sealed entry was changed or is gone",
    ),
    (
        "DELETE FROM ledger_seals WHERE entry_id = (SELECT max(entry_id) FROM ledger_seals)",
        "an entry of a closed month has no seal",
    ),
    (
        "UPDATE ledger_seals SET hash = '' WHERE entry_id = (SELECT max(entry_id) FROM ledger_seals)",
        "a sealed entry was changed or is gone",
    ),
    ("UPDATE ledger_closings SET hash = sha256(hash)", "does not end with its last seal"),
    ("UPDATE ledger_closings SET entries = entries + 1", "does not end with its last seal"),
    (
        "UPDATE ledger_balances SET credit_minor = credit_minor + 1, debit_minor = debit_minor + 1",
        "the balance of a closed month",
    ),
    ("DELETE FROM ledger_balances", "the balance of a closed month"),
    ("UPDATE ledger_months SET begins_at = begins_at + interval '1 hour'", "a month of the books is missing"),
    # An entry and all that was made of it, taken away so that every sum agrees again.
    (
        "WITH gone AS (DELETE FROM ledger_entries WHERE key IN ('a', 'b') RETURNING id) "
        "DELETE FROM ledger_legs WHERE entry_id IN (SELECT id FROM gone)",
        "a sealed entry was changed or is gone",
    ),
)


def note(key: str, *, back: bool = False, at: datetime | None = None) -> None:
    """An entry between two accounts of the house, to which no sale belongs; `back` undoes one."""
    accounts = (AccountKind.HOUSE_STORE_CREDIT, None), (AccountKind.HOUSE_WRITE_OFF, None)
    entry = transfer(
        key=key,
        kind=EntryKind.REGROUPED,
        amount=Money(100, "EUR"),
        debit=accounts[back],
        credit=accounts[not back],
    )
    post(actor=TESTS, entry=entry, at=at)


def close_later(app, clock, **days: int) -> int:
    clock.advance(**(days or {"days": 40}))
    with app.app_context():
        return close_all()


def test_a_closed_month_is_rows_and_balances_go_on_from_them(shop, owed, app, work, clock):
    with work():
        before = editor_balance(shop.editor_id, "EUR")
    assert close_later(app, clock) >= 1
    with app.app_context():
        assert close_all() == 0
    with work():
        assert verify().ok
        assert editor_balance(shop.editor_id, "EUR") == before
        closed = db.session.scalars(select(LedgerClosing).order_by(LedgerClosing.month)).all()
        assert sum(one.legs for one in closed) == 2 * sum(one.entries for one in closed) > 0
        kept = db.session.scalars(select(LedgerBalance).order_by(LedgerBalance.month.desc())).first()
        assert kept is not None
        tell_refunded(owed, give_back(owed, 2, 8000))
    with work():
        assert verify().ok
        after = editor_balance(shop.editor_id, "EUR")
        assert after.payable.minor == before.payable.minor - 786
        first = closed[0].month
        ends = datetime(first.year + first.month // 12, first.month % 12 + 1, 2, tzinfo=UTC)
        assert 0 <= owed_to(shop.editor_id, "EUR", ends) <= before.payable.minor


def test_balances_read_the_closed_rows_and_not_the_legs_below_them(shop, owed, app, work, clock):
    with work():
        before = editor_balance(shop.editor_id, "EUR")
    close_later(app, clock)
    with work():
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        db.session.execute(text("DELETE FROM ledger_legs"))
        assert editor_balance(shop.editor_id, "EUR") == before
        db.session.rollback()


def test_what_comes_too_late_for_a_closed_month_belongs_to_the_time_after_it(shop, owed, app, work, clock):
    with work():
        early = db.session.scalars(select(LedgerEntry.at).order_by(LedgerEntry.id)).first()
    close_later(app, clock)
    with work():
        note("late", at=early)
        until = db.session.scalars(text("SELECT max(ends_at) FROM ledger_months")).one()
        assert db.session.scalars(select(LedgerEntry.at).where(LedgerEntry.key == "late")).one() == until
    with work():
        proof = verify()
        assert "store_credit" in str(proof.row) or "write_off" in str(proof.row)
    assert close_later(app, clock) == 1


def booked_while_the_month_is_closed(app, work, clock) -> None:
    """An entry of a month is written but not committed when somebody closes that month."""
    with work():
        note("before")
    booked, go_on = threading.Event(), threading.Event()

    def book() -> None:
        with app.app_context():
            note("meanwhile")
            booked.set()
            go_on.wait(PATIENCE)
            db.session.commit()

    def close() -> None:
        with app.app_context():
            close_all()

    booker, closer = threading.Thread(target=book), threading.Thread(target=close)
    booker.start()
    assert booked.wait(PATIENCE)
    clock.advance(days=40)
    closer.start()
    while closer.is_alive():
        with work():
            if db.session.execute(WAITING).scalar_one():
                break
        time.sleep(0.01)
    go_on.set()
    booker.join(PATIENCE)
    closer.join(PATIENCE)
    with work():
        note("undone", back=True)
        note("undone too", back=True)


def test_an_entry_that_is_booked_while_its_month_is_closed_is_in_that_closing(app, work, clock):
    booked_while_the_month_is_closed(app, work, clock)
    with work():
        assert verify().ok
        assert db.session.scalars(select(LedgerClosing.entries)).first() == 2


def test_without_waiting_for_who_books_the_closing_misses_it(app, work, clock, monkeypatch):
    monkeypatch.setattr(closing, "_ALONE", text("SELECT 1"))
    booked_while_the_month_is_closed(app, work, clock)
    with work():
        assert "has no seal" in str(verify().fault)


def test_every_damage_to_closed_books_is_found_and_named(shop, owed, app, work, clock):
    with work():
        note("a")
        note("b", back=True)
    close_later(app, clock)
    with work():
        assert verify().ok
    for damage, fault in DAMAGES:
        with work():
            db.session.execute(text("SET LOCAL session_replication_role = replica"))
            db.session.execute(text(damage))
            proof = verify()
            assert not proof.ok, damage
            assert fault in str(proof.fault), (damage, proof.fault)
            assert proof.row
            db.session.rollback()
    told = app.test_cli_runner().invoke(args=["commissions", "verify"])
    assert told.exit_code == 0


def test_a_sale_after_the_closing_keeps_the_books_whole(shop, owed, app, work, clock):
    close_later(app, clock)
    with work():
        click(shop.code, "visit-2", visitor=b"2" * 16)
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-2")
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    assert close_later(app, clock) >= 1
    with work():
        mature(actor=TESTS)
    with work():
        assert verify().ok
        assert editor_balance(shop.editor_id, "EUR").payable.minor == 2 * 1867

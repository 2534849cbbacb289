"""The accounts of the books: where an editor's money lies at every step, and who may change them."""

import pytest
from sqlalchemy import text

from commissions.accruals.actions import mature
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.coming_back import note_reversed, owe_again
from commissions.payouts.models import BlockReason, Payout, PayoutStatus
from commissions.payouts.sending import claim, put_off
from commissions.payouts.sent import record_sent
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

BALANCES = text(
    "SELECT a.kind, sum(CASE l.side WHEN 'credit' THEN l.amount_minor ELSE -l.amount_minor END)::bigint "
    "FROM ledger_accounts a JOIN ledger_legs l ON l.account_id = a.id GROUP BY a.kind"
)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def accounts(work) -> dict[str, int]:
    """The accounts that hold something, in cents, credits with a plus; everything was proved before."""
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        return {row[0]: int(row[1]) for row in db.session.execute(BALANCES) if row[1]}


def approved(shop, work) -> int:
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=euros(500))
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        return db.session.query(Payout.id).filter(Payout.run_id == run.id).scalar()


def test_money_lies_in_transit_while_stripe_is_asked_and_is_payable_again_when_it_says_no(shop, owed, work):
    payout_id = approved(shop, work)
    assert accounts(work) == {"editor_payable": 1867, "house_commission": -1867}
    for status in (PayoutStatus.PAUSED, PayoutStatus.FAILED):
        with work():
            held = claim(actor=TESTS, payout_id=payout_id)
        assert accounts(work) == {"editor_transit": 1867, "house_commission": -1867}
        with work():
            put_off(actor=TESTS, payout_id=payout_id, status=status, reason=BlockReason.REFUSED, held=held)
        assert accounts(work) == {"editor_payable": 1867, "house_commission": -1867}
    with work():
        record_sent(actor=TESTS, payout_id=payout_id, transfer_id="tr_1", amount=euros(1867))
    assert accounts(work) == {"editor_paid_out": 1867, "house_commission": -1867}


def test_what_came_back_lies_in_the_clearing_account_until_finance_says_whose_it_is(shop, owed, work):
    payout_id = approved(shop, work)
    with work():
        record_sent(actor=TESTS, payout_id=payout_id, transfer_id="tr_1", amount=euros(1867))
        note_reversed(actor=TESTS, payout_id=payout_id, amount=euros(500))
    assert accounts(work) == {"editor_paid_out": 1367, "house_stripe": 500, "house_commission": -1867}
    with work():
        owe_again(actor=TESTS, payout_id=payout_id, amount=euros(500), reason="Sent twice.")
    assert accounts(work) == {"editor_paid_out": 1367, "editor_payable": 500, "house_commission": -1867}


def test_a_debt_has_an_account_of_its_own_and_the_next_payout_nets_it(shop, owed, work, clock):
    payout_id = approved(shop, work)
    with work():
        record_sent(actor=TESTS, payout_id=payout_id, transfer_id="tr_1", amount=euros(1867))
        tell_refunded(owed, give_back(owed, 2, 8000))
    assert accounts(work) == {"editor_paid_out": 1867, "editor_debt": -786, "house_commission": -1081}
    with work():
        click(shop.code, "visit-2", visitor=b"2" * 16)
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-2")
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    second = approved(shop, work)
    with work():
        claim(actor=TESTS, payout_id=second)
    assert accounts(work) == {"editor_paid_out": 1867, "editor_transit": 1081, "house_commission": -2948}


@pytest.fixture
def as_owner(work, db_url):
    """In a transaction that is undone, the tables belong to a role that is no superuser, and it acts."""

    def attempt(*statements: str) -> None:
        with work():
            connection = db.session.connection()
            name = f"shop_{connection.exec_driver_sql('SELECT txid_current()').scalar_one()}"
            connection.exec_driver_sql(f"CREATE ROLE {name}")
            connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
            for table in ("ledger_accounts", "ledger_entries", "ledger_legs"):
                connection.exec_driver_sql(f"ALTER TABLE {table} OWNER TO {name}")
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            connection.exec_driver_sql(f"SET LOCAL ROLE {name}")
            try:
                for statement in statements:
                    connection.exec_driver_sql(statement)
            finally:
                db.session.rollback()

    return attempt


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_legs SET amount_minor = 1",
        "UPDATE ledger_entries SET at = now()",
        "DELETE FROM ledger_legs",
        "TRUNCATE ledger_legs",
    ],
)
def test_the_role_that_owns_the_books_was_never_given_the_right_to_change_them(
    shop, owed, as_owner, statement
):
    with pytest.raises(Exception, match="permission denied"):
        as_owner(statement)


def test_that_role_may_still_add_to_the_books(shop, owed, as_owner):
    as_owner(
        "INSERT INTO ledger_entries (key, kind, at, currency, leg_count, actor_label) "
        "VALUES ('x', 'accrued', now(), 'EUR', 2, 'tests')",
        "INSERT INTO ledger_legs (entry_id, account_id, currency, side, amount_minor, at) "
        "SELECT entry.id, account.id, 'EUR', 'debit', 1, entry.at "
        "FROM ledger_entries entry, ledger_accounts account LIMIT 1",
    )


def test_nobody_empties_the_books_not_even_who_may_do_everything(shop, owed, work):
    with pytest.raises(Exception, match="append-only"), work():
        db.session.execute(text("TRUNCATE ledger_legs"))

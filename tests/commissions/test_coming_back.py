"""A transfer taken back in the Stripe Dashboard: named until finance decides, booked once, paid with the next
run."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select, text

from commissions.ledger.queries import editor_balance
from commissions.payouts import coming_back, errors
from commissions.payouts.actions import prepare_run
from commissions.payouts.coming_back import owe_again
from commissions.payouts.jobs import send_payout
from commissions.payouts.models import Payout
from commissions.statements.proof import verify
from commissions.statements.showing import statement
from foundation import clock as shop_clock
from foundation import payments
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from foundation.payments import reconcile
from tests.commissions.sales import TESTS
from tests.commissions.test_after_sending import only_transfer, tell
from tests.commissions.test_sending import TEN, approved, in_app
from tests.races import at_once, meeting, read_without_lock

FIVE = Money(500, "EUR")


class Sent:
    """A payout of 18.67 that went out, and what the Dashboard does to it."""

    def __init__(self, app: Any, work: Any, shop: Any, run_id: int, payout_id: int) -> None:
        self.app, self.work, self.shop = app, work, shop
        self.run_id, self.payout_id = run_id, payout_id
        self.transfer_id = only_transfer(app)
        self.keys = count()

    def take_back(self, minor: int, *, told: bool = True) -> None:
        in_app(
            self.app,
            lambda: payments.reverse_transfer(
                transfer_id=self.transfer_id,
                amount=Money(minor, "EUR"),
                idempotency_key=f"by-hand-{next(self.keys)}",
                metadata={},
            ),
        )
        if told:
            tell(self.app, self.work, "transfer", self.transfer_id)

    def book(self, amount: Money = FIVE, reason: str = "Sent twice, says Marta.") -> None:
        owe_again(actor=TESTS, payout_id=self.payout_id, amount=amount, reason=reason)

    def differences(self) -> list[str]:
        since = shop_clock.now() - timedelta(days=40)
        found = in_app(self.app, lambda: reconcile.reconcile(since=since))
        return [one.what for one in found if one.kind == "transfer"]

    def payable(self) -> int:
        with self.work():
            proof = verify()
            assert proof.ok, (proof.fault, proof.row)
            return editor_balance(self.shop.editor_id, "EUR").payable.minor


@pytest.fixture
def sent(shop, owed, at_stripe, app, work) -> Sent:
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    assert in_app(app, lambda: send_payout(payout_id))
    return Sent(app, work, shop, run_id, payout_id)


def test_finance_books_what_came_back_and_reconciling_is_silent_again(sent, work, client_of, shop):
    sent.take_back(500)
    assert sent.differences() == ["taken back: 0 EUR here, 500 EUR at Stripe"]
    luca = client_of(shop.luca_id)
    assert "was taken back in the Stripe Dashboard" in luca.get("/staff").text
    page = luca.get(f"/staff/payouts/{sent.run_id}").text
    assert "€5.00 taken back from Giulia Ferri" in page
    answer = luca.post(
        f"/staff/payouts/{sent.run_id}/owe-again/{sent.payout_id}",
        data={"amount": "500", "reason": "Sent twice, says Marta."},
    )
    assert answer.status_code == 303
    assert sent.payable() == 500
    assert sent.differences() == []
    page = luca.get(f"/staff/payouts/{sent.run_id}").text
    assert "taken back from Giulia" not in page
    assert "€5.00 of it came back and is owed again" in page
    assert "was taken back in the Stripe Dashboard" not in luca.get("/staff").text
    with work():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "payouts.owe_again")).one()
        assert (row.reason, row.actor_label) == ("Sent twice, says Marta.", "Luca")


def test_it_goes_out_with_the_next_run_and_the_statement_says_so(sent, work, shop, clock):
    sent.take_back(1867)
    with work():
        sent.book(Money(1867, "EUR"))
    clock.advance(days=1)
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        assert db.session.scalars(select(Payout.amount_minor).where(Payout.run_id == run.id)).one() == 1867
        assert verify().ok
        month = statement(shop.editor_id, shop_clock.now().date().replace(day=1), "EUR", "Europe/Rome")
    assert [line.what for line in month.lines][-1] == "Taken back at Stripe, and yours again"
    assert (month.earned.minor, month.paid.minor, month.end.minor) == (1867, 0, 1867)


def test_it_is_booked_once_and_a_later_part_by_itself(sent, work):
    sent.take_back(500)
    with work():
        sent.book()
    with work(), pytest.raises(errors.CameBackChanged):
        sent.book()
    sent.take_back(300)
    assert sent.differences() == ["taken back: 500 EUR here, 800 EUR at Stripe"]
    with work():
        sent.book(Money(300, "EUR"))
    assert sent.payable() == 800
    assert sent.differences() == []


@pytest.mark.parametrize("minor", [0, 499, 501, -500, 10**20])
def test_another_amount_than_the_one_that_stands_there_is_refused(sent, shop, client_of, minor):
    sent.take_back(500)
    answer = client_of(shop.luca_id).post(
        f"/staff/payouts/{sent.run_id}/owe-again/{sent.payout_id}",
        data={"amount": str(minor), "reason": "So."},
    )
    assert answer.status_code == errors.CameBackChanged.status
    assert sent.payable() == 0


def test_without_a_reason_or_the_right_nothing_is_booked(sent, shop, client_of):
    sent.take_back(500)
    path = f"/staff/payouts/{sent.run_id}/owe-again/{sent.payout_id}"
    luca, sara = client_of(shop.luca_id), client_of(shop.sara_id)
    assert luca.post(path, data={"amount": "500", "reason": " "}).status_code == 400
    assert sara.post(path, data={"amount": "500", "reason": "I say so."}).status_code == 403
    assert "Finance or the owner decide on this." in sara.get(f"/staff/payouts/{sent.run_id}").text
    assert sent.payable() == 0


def test_a_reversal_whose_message_was_lost_is_noticed_by_reconciling(sent, work, run_jobs):
    sent.take_back(500, told=False)
    with work():
        db.session.execute(text("DELETE FROM sandbox_deliveries"))
    in_app(sent.app, lambda: reconcile.reconcile(since=shop_clock.now() - timedelta(days=1)))
    run_jobs("payments.handle_event")
    with work():
        assert db.session.get_one(Payout, sent.payout_id).came_back == FIVE


def test_two_of_finance_who_book_it_at_once_book_it_once(sent, app):
    sent.take_back(500)
    met = at_once(app, sent.book, sent.book)
    assert [type(error) for error in met] == [errors.CameBackChanged]
    assert sent.payable() == 500


def test_without_lock_and_key_it_is_booked_twice(sent, app, work, monkeypatch):
    """The twin: both find it open, and each books under a key of its own."""
    sent.take_back(500)
    numbers, entry = count(), coming_back.transfer
    monkeypatch.setattr(
        coming_back, "transfer", lambda **given: entry(**given | {"key": f"{given['key']}:{next(numbers)}"})
    )
    find = meeting(read_without_lock)
    monkeypatch.setattr(coming_back, "lock_payout", lambda payout_id: find(Payout, [payout_id])[0])
    assert at_once(app, sent.book, sent.book) == []
    with work():
        assert editor_balance(sent.shop.editor_id, "EUR").payable.minor == 1000
        assert not verify().ok

"""An editor asks to be paid before the next run: once at a time, answered by somebody else, with a letter."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from commissions.early import actions, errors
from commissions.early.models import EarlyPayout
from commissions.payees.models import Payee
from commissions.payouts.approving import approve_run
from commissions.payouts.errors import RunWaiting
from commissions.payouts.models import Payout, PayoutRun
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation.db import db
from foundation.mail.models import Message
from foundation.money import Money
from tests.commissions.sales import TESTS
from tests.commissions.test_approving import prepared
from tests.commissions.test_sending import TEN
from tests.races import at_once, meeting, read_without_lock, without_unique


def ask(shop, minimum: Money = TEN) -> int:
    return actions.ask(actor=TESTS, editor_id=shop.editor_id, minimum=minimum).id


def accept(shop, wish_id: int) -> PayoutRun:
    return actions.accept(actor=TESTS, account_id=shop.luca_id, wish_id=wish_id, minimum=TEN)


def decline(shop, wish_id: int) -> EarlyPayout:
    return actions.decline(actor=TESTS, account_id=shop.luca_id, wish_id=wish_id, reply="Friday is near.")


@pytest.fixture
def wish(shop, owed, work) -> int:
    with work():
        return ask(shop)


def letters() -> list[str]:
    return [one for one in db.session.scalars(select(Message.subject)) if "early payout" in one]


def test_it_is_asked_in_the_studio_accepted_by_finance_and_waits_beside_another_run(
    shop, owed, work, client_of
):
    with work():
        giulia = client_of(db.session.get_one(Editor, shop.editor_id).account_id)
    assert "Ask for €18.67 now" in giulia.get("/studio/payments").text
    assert giulia.post("/studio/payments/early").status_code == 303
    page = giulia.get("/studio/payments").text
    assert "Waits for an answer of finance" in page and "Ask for" not in page
    giulia.post("/studio/payments/early")
    assert "You have asked already." in giulia.get("/studio/payments").text
    luca = client_of(shop.luca_id)
    assert "Giulia Ferri asks for €18.67 now" in luca.get("/staff").text
    way = re.search(r'href="(/staff/early-payouts/\d+)"', luca.get("/staff/early-payouts").text)
    assert way is not None
    refused = luca.post(way[1], data={"do": "decline", "reply": " "})
    assert refused.status_code == 400
    assert "Write why not, in a few words." in refused.text
    run = luca.post(way[1], data={"do": "accept"}).location
    assert "An early payout to one editor." in luca.get(run).text
    assert luca.post(way[1], data={"do": "decline", "reply": "Too late."}).location == way[1]
    assert "Accepted: being prepared" in giulia.get("/studio/payments").text
    with work():
        made = db.session.scalars(select(PayoutRun)).one()
        assert (made.editor_id, made.prepared_by_id) == (shop.editor_id, shop.luca_id)
        assert letters() == ["Your early payout is being prepared, Giulia"]
        approve_run(actor=TESTS, account_id=shop.sara_id, run_id=made.id)
        assert verify().ok


def test_it_is_declined_with_words_the_editor_reads_and_may_be_asked_again(shop, wish, work, client_of):
    with work():
        decline(shop, wish)
        giulia = client_of(db.session.get_one(Editor, shop.editor_id).account_id)
        assert letters() == ["Your early payout has to wait, Giulia"]
    page = giulia.get("/studio/payments").text
    assert "Declined for now" in page and "Friday is near." in page and "Ask for €18.67 now" in page
    with work():
        assert ask(shop) != wish


def test_who_is_owed_too_little_or_cannot_receive_cannot_ask(shop, owed, work):
    with work(), pytest.raises(errors.TooLittle):
        ask(shop, Money(1868, "EUR"))
    with work():
        prepared(shop)
        with pytest.raises(errors.TooLittle):
            ask(shop)
        db.session.rollback()
    for wrong in ({"paused_until": shop_clock.now() + timedelta(days=7)}, {"status": "restricted"}):
        with work():
            db.session.execute(update(Payee).values(wrong))
        with work(), pytest.raises(errors.CannotReceive):
            ask(shop)


def test_another_bank_account_meanwhile_and_the_own_wish_are_refused(shop, wish, work):
    with work():
        mine = db.session.get_one(Editor, shop.editor_id).account_id
    with work(), pytest.raises(errors.OwnWish):
        actions.accept(actor=TESTS, account_id=mine, wish_id=wish, minimum=TEN)
    with work():
        db.session.execute(update(Payee).values(paused_until=shop_clock.now() + timedelta(days=7)))
    with work(), pytest.raises(errors.CannotReceive):
        accept(shop, wish)
    with work():
        assert db.session.scalars(select(func.count()).select_from(PayoutRun)).one() == 0


def test_a_run_of_one_waits_beside_one_of_everybody_and_nobody_is_in_both(shop, wish, work):
    with work():
        early = accept(shop, wish).id
        db.session.execute(update(PayoutRun).values(editor_id=None))
    with work(), pytest.raises(RunWaiting):
        prepared(shop)
    with work():
        assert db.session.scalars(select(Payout.run_id)).all() == [early]


def asked_twice(shop, app, work) -> tuple[list[type], int]:
    met = [type(one) for one in at_once(app, *[lambda: ask(shop)] * 2)]
    with work():
        return met, db.session.scalars(select(func.count()).select_from(EarlyPayout)).one()


def test_who_asks_twice_at_once_has_asked_once(shop, owed, app, work):
    assert asked_twice(shop, app, work) == ([errors.AskedAlready], 1)


def test_without_the_index_they_have_asked_twice(shop, owed, app, work):
    """The twin."""
    with without_unique(work, "uq_early_payouts_asked"):
        assert asked_twice(shop, app, work) == ([], 2)


def declined_twice(shop, wish, app, work) -> tuple[list[type], int]:
    met = [type(one) for one in at_once(app, *[lambda: decline(shop, wish)] * 2)]
    with work():
        return met, len(letters())


def test_two_who_answer_at_once_answer_once(shop, wish, app, work):
    assert declined_twice(shop, wish, app, work) == ([errors.AnsweredBefore], 1)


def test_without_the_lock_the_editor_is_told_twice(shop, wish, app, work, monkeypatch):
    """The twin: both find it waiting."""
    monkeypatch.setattr(actions, "lock_rows", meeting(read_without_lock))
    assert declined_twice(shop, wish, app, work) == ([], 2)

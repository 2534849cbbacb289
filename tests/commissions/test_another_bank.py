"""Another bank account behind an editor's payouts: told, paused for a week, and never sent meanwhile."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from commissions.payees import webhooks
from commissions.payees.models import Payee
from commissions.payouts import jobs, sending
from commissions.payouts.actions import prepare_run
from commissions.payouts.approvals import Change
from commissions.payouts.approving import approve_run
from commissions.payouts.jobs import send_run
from commissions.payouts.models import Payout, PayoutRun
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation import payments
from foundation.accounts.models import Account
from foundation.accounts.passwords import hash_password
from foundation.db import db
from foundation.mail.models import Message
from foundation.payments import messages
from stripe_sandbox import accounts
from stripe_sandbox.store import opened
from tests.commissions.sales import TESTS
from tests.commissions.test_sending import TEN, approved, in_app, state, transfers


def another_bank(app, work, shop, *, told: bool = True) -> None:
    """The person behind the account changes it at Stripe; `told`: the news of it arrives."""
    with work():
        account = db.session.scalars(select(Payee.account).where(Payee.editor_id == shop.editor_id)).one()
    with app.app_context(), opened() as store:
        accounts.change_bank(store, account)
    if told:
        seen = in_app(app, lambda: payments.fetch_payee(payee_id=account))
        with work():
            webhooks.on_account(seen)


def test_the_first_bank_account_is_no_change_and_another_one_pauses_and_is_told(
    shop, owed, at_stripe, app, work, clock
):
    at_stripe(50_000)
    with work():
        payee = db.session.scalars(select(Payee)).one()
        assert (payee.destination is not None, payee.paused) == (True, False)
    another_bank(app, work, shop)
    another_bank_again = Message.subject.contains("bank details at Stripe were changed")
    with work():
        payee = db.session.scalars(select(Payee)).one()
        assert payee.paused_until == shop_clock.now() + timedelta(days=7)
        editor = db.session.get_one(Editor, shop.editor_id)
        told = set(db.session.scalars(select(Message.recipient).where(another_bank_again)))
        # The address of the account, and the one that Stripe knew them by.
        assert told == {db.session.get_one(Account, editor.account_id).email, "g@example.test"}
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        payout = db.session.scalars(select(Payout)).one()
        assert (payout.status, payout.reason) == ("blocked", "destination")
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        run_id = run.id
    clock.advance(days=6)
    assert in_app(app, lambda: send_run(run_id, by_hand=True)) == 0
    clock.advance(days=1, minutes=1)
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert transfers(app) == 1


def test_a_change_after_the_approval_stops_the_transfer_though_nobody_was_told(
    shop, owed, at_stripe, app, work, clock
):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    another_bank(app, work, shop, told=False)
    assert in_app(app, lambda: send_run(run_id)) == 0
    assert (state(work, payout_id), transfers(app)) == (("blocked", "destination", None), 0)
    clock.advance(days=7, minutes=1)
    assert in_app(app, lambda: send_run(run_id, by_hand=True)) == 0, "it was approved for another account"
    with work():
        run = db.session.get_one(PayoutRun, run_id)
        assert (str(run.status), run.approved_by_id) == ("again", None)
        assert [(str(one.kind), one.voids) for one in db.session.scalars(select(Change))] == [
            ("destination", True)
        ]
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run_id)
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert state(work, payout_id) == ("sent", None, None)


def changed_in_between(app, work, shop, monkeypatch) -> None:
    """The news comes when the sender has looked at Stripe and has not taken the payout yet."""
    real = jobs.refresh

    def looked(**given):
        found = real(**given)
        # As the sender has it in hand: what a fresh look said a moment ago.
        db.session.expunge(found)
        another_bank(app, work, shop)
        return found

    monkeypatch.setattr(jobs, "refresh", looked)


def test_a_change_between_the_look_and_the_claim_stops_the_transfer(
    shop, owed, at_stripe, app, work, monkeypatch
):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    changed_in_between(app, work, shop, monkeypatch)
    assert in_app(app, lambda: send_run(run_id)) == 0
    assert (state(work, payout_id), transfers(app)) == (("blocked", "destination", None), 0)


def test_without_the_look_under_the_lock_it_goes_to_the_new_bank_account(
    shop, owed, at_stripe, app, work, monkeypatch
):
    """The twin."""
    at_stripe(50_000)
    run_id, _ = approved(shop, work)
    changed_in_between(app, work, shop, monkeypatch)
    monkeypatch.setattr(sending, "lock_paused", lambda editor_id: False)
    monkeypatch.setattr(sending, "payout_as_approved", lambda **_of: True)
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert transfers(app) == 1


def test_news_of_a_bank_account_is_news_of_the_account_behind_it():
    told = messages.of(
        {
            "id": "evt_1", "type": "account.external_account.created", "account": "acct_1", "livemode": False,
            "data": {"object": {"id": "ba_1", "object": "bank_account"}},
        }
    )  # fmt: skip
    assert (told.object_kind, told.object_id, told.lock) == ("account", "acct_1", "stripe:acct_1")


def test_the_page_at_stripe_opens_with_the_password_typed_lately(shop, at_stripe, work, client_of):
    at_stripe(0)
    with work():
        editor = db.session.get_one(Editor, shop.editor_id)
        account = db.session.get_one(Account, editor.account_id)
        account.password_hash = hash_password("a quiet evening")
        browser = client_of(account.id)
    refused = browser.post(
        "/studio/payments/dashboard", headers={"Referer": "http://localhost/studio/payments"}
    )
    assert refused.location == "/account/again?next=/studio/payments"
    wrong = browser.post(refused.location, data={"password": "a loud one", "next": "/studio/payments"})
    assert (wrong.status_code, "That is not your present password" in wrong.text) == (422, True)
    right = browser.post(refused.location, data={"password": "a quiet evening", "next": "/studio/payments"})
    assert right.location == "/studio/payments"
    assert "_sandbox/express" in browser.post("/studio/payments/dashboard").location

"""Money out: one transfer, whoever sends, however often, and whatever breaks on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from commissions.accruals.models import Commission
from commissions.ledger.queries import editor_balance
from commissions.payees.actions import note_payee
from commissions.payouts import errors, jobs, sending
from commissions.payouts.actions import SEND_RUN, prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.giving_back import send_back
from commissions.payouts.jobs import send_payout, send_run, send_what_is_left
from commissions.payouts.models import Payout, PayoutRun
from commissions.statements.proof import verify
from foundation import ids, payments
from foundation.db import db
from foundation.money import Money
from stripe_sandbox import accounts
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.commissions.sales import (
    TESTS,
    give_back,
    tell_refunded,
)

TEN = Money(1000, "EUR")


def approved(shop, work) -> tuple[int, int]:
    """A run prepared by Sara and approved by Luca: its id and that of its one payout."""
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        payout = db.session.scalars(select(Payout).where(Payout.run_id == run.id)).one()
        return run.id, payout.id


def transfers(app: Flask) -> int:
    with app.app_context(), opened() as store:
        return len(store.find("transfer"))


def state(work, payout_id: int) -> tuple[Any, ...]:
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        payout = db.session.get_one(Payout, payout_id)
        return str(payout.status), str(payout.reason) if payout.reason else None, payout.missing_minor


def forget_jobs(work) -> None:
    """The test sends by itself: what approving asked the worker for is not wanted."""
    with work():
        db.session.execute(text("DELETE FROM procrastinate_jobs"))


def in_app(app: Flask, call: Callable[[], Any]) -> Any:
    with app.app_context():
        return call()


def test_an_approved_run_is_sent_by_the_worker_and_everything_is_booked(
    shop, owed, at_stripe, app, work, run_jobs
):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    run_jobs(SEND_RUN)
    assert state(work, payout_id) == ("sent", None, None)
    assert transfers(app) == 1
    with work():
        assert db.session.get_one(PayoutRun, run_id).status == "done"
        assert set(db.session.scalars(select(Commission.status))) == {"paid"}
    in_app(app, lambda: send_run(run_id, by_hand=True))
    assert transfers(app) == 1


def test_twenty_senders_at_once_make_one_transfer(shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _n: in_app(app, lambda: send_payout(payout_id)), range(20)))
    assert transfers(app) == 1
    assert state(work, payout_id) == ("sent", None, None)


def test_without_claim_and_key_twenty_senders_pay_more_than_once(
    shop, owed, at_stripe, app, work, monkeypatch
):
    """The twin: the claim and the key are what makes it one."""
    at_stripe(50_000)
    _, payout_id = approved(shop, work)

    def careless(*, actor: Any, payout_id: int) -> sending.Claimed:
        payout = db.session.get_one(Payout, payout_id)
        now = sending.clock.now()
        return sending.Claimed(
            payout_id=payout.id,
            run_id=payout.run_id,
            editor_id=payout.editor_id,
            amount=payout.amount,
            attempt=1,
            key=ids.code(),
            group=sending.group_of(payout.run_id),
            called_at=now,
            claimed_at=now,
            again=False,
            approved=True,
        )

    monkeypatch.setattr(sending, "claim", careless)
    monkeypatch.setattr(jobs, "_record", lambda payout_id, made: None)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: in_app(app, lambda: send_payout(payout_id)), range(8)))
    assert transfers(app) > 1


def test_a_sender_killed_after_the_call_is_taken_over_with_the_same_key(
    shop, owed, at_stripe, app, work, clock, monkeypatch, run_jobs
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    forget_jobs(work)

    def killed(payout_id: int, made: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            in_app(app, lambda: send_payout(payout_id))
    assert (transfers(app), state(work, payout_id)[0]) == (1, "sending")
    assert in_app(app, lambda: send_payout(payout_id)) is False, "a moment later it still is somebody else's"
    clock.advance(minutes=3)
    with work():
        send_what_is_left()
    run_jobs(SEND_RUN)
    assert (transfers(app), state(work, payout_id)[0]) == (1, "sent")


def test_an_outcome_older_than_the_key_is_looked_up_before_anything_is_sent(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_record", lambda payout_id, made: None)
        in_app(app, lambda: send_payout(payout_id))
    clock.advance(hours=30)
    in_app(app, lambda: send_payout(payout_id))
    assert (transfers(app), state(work, payout_id)[0]) == (1, "sent")


def test_a_call_that_never_arrived_is_made_again_after_a_day(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)

    def unreachable(**_arguments: Any) -> payments.Transfer:
        raise payments.PaymentsUnreachable()

    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", unreachable)
        with pytest.raises(payments.PaymentsUnreachable):
            in_app(app, lambda: send_payout(payout_id))
    assert (transfers(app), state(work, payout_id)[0]) == (0, "sending")
    clock.advance(hours=30)
    in_app(app, lambda: send_payout(payout_id))
    assert (transfers(app), state(work, payout_id)[0]) == (1, "sent")


def test_a_short_balance_pauses_with_the_missing_amount_and_goes_on_when_it_is_there(
    shop, owed, at_stripe, app, work, run_jobs, clock
):
    at_stripe(1000)
    _, payout_id = approved(shop, work)
    run_jobs(SEND_RUN)
    assert state(work, payout_id) == ("paused", "balance_short", 867)
    with app.app_context(), opened() as store:
        top_up(store, 867, "eur")
    with work():
        send_what_is_left()
    run_jobs(SEND_RUN)
    assert state(work, payout_id) == ("sent", None, None)


def test_a_balance_that_is_short_at_the_very_moment_pauses_too(shop, owed, at_stripe, app, work):
    at_stripe(1000)
    _, payout_id = approved(shop, work)
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert state(work, payout_id) == ("paused", "balance_short", 867)
    with app.app_context(), opened() as store:
        top_up(store, 5000, "eur")
    assert in_app(app, lambda: send_payout(payout_id)) is True, "a definite refusal opens a new attempt"
    with work():
        assert db.session.get_one(Payout, payout_id).attempt == 2


def test_unfinished_onboarding_blocks_with_the_reason_and_only_that_editor(
    shop, owed, at_stripe, app, work, run_jobs
):
    at_stripe(50_000, stage="new")
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        payout = db.session.scalars(select(Payout).where(Payout.run_id == run.id)).one()
        assert (str(payout.status), str(payout.reason)) == ("blocked", "onboarding")
        payout_id = payout.id
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
    run_jobs(SEND_RUN)
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert state(work, payout_id)[:2] == ("blocked", "onboarding")
    assert transfers(app) == 0
    with work():
        account = db.session.execute(text("SELECT account FROM payees")).scalar_one()
    with app.app_context(), opened() as store:
        accounts.set_stage(store, account, "done")
    assert in_app(app, lambda: send_payout(payout_id)) is True


@pytest.mark.parametrize("status", [payments.PayeeStatus.RESTRICTED, payments.PayeeStatus.CLOSED])
def test_a_stopped_account_has_one_name_in_the_preview_and_at_sending(shop, owed, work, status):
    seen = payments.Payee(id="acct_demo_1", status=status, requirements=(), email="")
    with work():
        note_payee(actor=TESTS, editor_id=shop.editor_id, seen=seen)
        prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        assert [str(reason) for reason in db.session.scalars(select(Payout.reason))] == ["restricted"]


def test_an_account_that_was_stopped_after_the_preview_blocks_at_sending(shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    with work():
        account = db.session.execute(text("SELECT account FROM payees")).scalar_one()
    with app.app_context(), opened() as store:
        accounts.set_stage(store, account, "restricted")
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert state(work, payout_id)[:2] == ("blocked", "restricted")


def test_a_payout_that_fell_below_the_minimum_is_given_up_and_carried_on(shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    with work():
        refund = give_back(owed, 2, 8000)
        tell_refunded(owed, refund)
        refund = give_back(owed, 1, 5000)
        tell_refunded(owed, refund)
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert state(work, payout_id)[:2] == ("cancelled", "below_minimum")
    assert transfers(app) == 0
    with work():
        assert db.session.get_one(PayoutRun, run_id).status == "done"
        with pytest.raises(errors.NothingToPay):
            prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)


def test_who_prepared_cannot_approve_and_the_table_refuses_it_too(shop, owed, work):
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
    with work(), pytest.raises(errors.SamePerson):
        approve_run(actor=TESTS, account_id=shop.sara_id, run_id=run.id)
    with pytest.raises(IntegrityError, match="four_eyes"), work():
        db.session.execute(
            text("UPDATE payout_runs SET approved_by_id = prepared_by_id, approved_at = now()")
        )


def test_one_preview_at_a_time_and_sending_back_frees_what_it_held(shop, owed, work):
    with work():
        first = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
    with work(), pytest.raises(errors.RunWaiting):
        prepare_run(actor=TESTS, account_id=shop.luca_id, currency="EUR", minimum=TEN)
    with work():
        send_back(actor=TESTS, run_id=first.id, reason="Wait for the refund of Friday.")
        assert verify().ok
    with work():
        second = prepare_run(actor=TESTS, account_id=shop.luca_id, currency="EUR", minimum=TEN)
        amount = db.session.scalars(select(Payout.amount_minor).where(Payout.run_id == second.id)).one()
        assert amount == 1867


def test_preparing_sends_the_same_few_statements_whatever_is_owed(shop, owed, work, statements):
    with statements() as seen, work():
        prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
    assert seen.count <= 6, seen.sql


def test_the_balance_of_an_editor_is_one_statement_whatever_they_sold(shop, owed, work, statements):
    with work(), statements() as seen:
        assert editor_balance(shop.editor_id, "EUR").payable == Money(1867, "EUR")
    assert seen.count == 1, seen.sql


def test_an_amount_that_is_not_the_payouts_is_never_booked(shop, owed, at_stripe, app, work, monkeypatch):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    real = payments.transfer
    monkeypatch.setattr(payments, "transfer", lambda **given: replace(real(**given), amount=Money(1, "EUR")))
    with pytest.raises(errors.TransferDiffers):
        in_app(app, lambda: send_payout(payout_id))
    assert state(work, payout_id)[0] == "sending"


def test_claims_of_the_future_are_no_news(clock):
    """The clock of the key: an hour before Stripe forgets it we stop trusting it."""
    assert timedelta(hours=24) > payments.KEY_HOLDS

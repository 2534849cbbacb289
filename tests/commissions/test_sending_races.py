"""Money out when news comes late: who lost a payout says nothing about it, and one in trouble stops none."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.payees.actions import note_payee
from commissions.payouts import jobs, sending
from commissions.payouts.actions import SEND_RUN, prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.jobs import send_payout, send_run, send_what_is_left
from commissions.payouts.models import BlockReason, Payout, PayoutStatus
from foundation import payments
from foundation.db import db
from foundation.money import Money
from stripe_sandbox import accounts
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.commissions.conftest import account_of
from tests.commissions.sales import TESTS, click, deliver, sell, tell_delivered, tell_paid, window_link
from tests.commissions.test_sending import TEN, approved, forget_jobs, in_app, state, transfers
from tests.editors.conftest import make_editor


def lost(monkeypatch, app, payout_id: int) -> None:
    """Stripe pays, and the answer never comes."""
    real = payments.transfer

    def answer_lost(**given: Any) -> payments.Transfer:
        real(**given)
        raise payments.PaymentsUnreachable()

    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", answer_lost)
        with pytest.raises(payments.PaymentsUnreachable):
            in_app(app, lambda: send_payout(payout_id))
    assert transfers(app) == 1


def unprotected(patch: Any) -> None:
    """Neither fence nor look: anybody may move a row in sending, and nobody asks Stripe what is there."""
    patch.setattr(sending, "_may_put_off", lambda payout, held: True)
    patch.setattr(sending, "pause_all", pause_whatever_it_is)
    patch.setattr(jobs, "_found", lambda payout_id, group: False)


def pause_whatever_it_is(*, payout_ids: Sequence[int], missing: Money, **by: Any) -> None:
    for payout_id in payout_ids:
        why = {"status": PayoutStatus.PAUSED, "reason": BlockReason.BALANCE_SHORT, "missing": missing}
        sending.put_off(payout_id=payout_id, **why, **by)


def stage(app, work, name: str) -> None:
    with work():
        account = db.session.execute(text("SELECT account FROM payees ORDER BY id LIMIT 1")).scalar_one()
    with app.app_context(), opened() as store:
        accounts.set_stage(store, account, name)


def refuse(error: payments.PaymentsProblem) -> Callable[..., Any]:
    def call(**_given: Any) -> Any:
        raise error

    return call


def test_an_unknown_outcome_is_learned_before_the_payee_is_judged(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    stage(app, work, "restricted")
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert state(work, payout_id)[0] == "sending", "what the payee is today says nothing of yesterday's call"
    clock.advance(minutes=3)
    assert in_app(app, lambda: send_payout(payout_id)) is True
    assert (transfers(app), state(work, payout_id)) == (1, ("sent", None, None))


def blocked_by_who_read_it_before(shop, at_stripe, app, work, clock, monkeypatch) -> None:
    """Another sender read the row as approved and found the payee restricted; by then a call was out."""
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    in_app(app, lambda: jobs._block(payout_id, payments.PayeeStatus.RESTRICTED))
    clock.advance(minutes=3)
    in_app(app, lambda: send_payout(payout_id))
    assert state(work, payout_id)[0] == "sent"


def test_who_does_not_hold_the_claim_cannot_block_what_is_out(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    blocked_by_who_read_it_before(shop, at_stripe, app, work, clock, monkeypatch)
    assert transfers(app) == 1


def test_without_the_fence_and_the_look_a_late_block_pays_twice(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    """The twin."""
    unprotected(monkeypatch)
    blocked_by_who_read_it_before(shop, at_stripe, app, work, clock, monkeypatch)
    assert transfers(app) == 2


def paused_in_the_middle(shop, at_stripe, app, work, clock, monkeypatch, *, killed: bool) -> str:
    """Two runs at once: the second sees the balance that the first has just spent. What the row then says."""
    at_stripe(2000)
    run_id, payout_id = approved(shop, work)
    real = payments.transfer
    between = []

    def other_sender(short: Money) -> None:
        in_app(app, lambda: jobs._pause([payout_id], jobs._missing(short)))

    def during(**given: Any) -> payments.Transfer:
        made = real(**given)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(other_sender, given["amount"]).result()
        between.append(state(work, payout_id)[0])
        if killed:
            raise payments.PaymentsUnreachable()
        return made

    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", during)
        if killed:
            with pytest.raises(payments.PaymentsUnreachable):
                in_app(app, lambda: send_run(run_id))
        else:
            assert in_app(app, lambda: send_run(run_id)) == 1
    with app.app_context(), opened() as store:
        top_up(store, 5000, "eur")
    clock.advance(minutes=3)
    in_app(app, lambda: send_run(run_id))
    assert state(work, payout_id)[0] == "sent"
    return between[0]


@pytest.mark.parametrize("killed", [False, True])
def test_a_second_run_that_sees_the_spent_balance_pauses_nothing_that_is_out(
    shop, owed, at_stripe, app, work, clock, monkeypatch, killed
):
    was = paused_in_the_middle(shop, at_stripe, app, work, clock, monkeypatch, killed=killed)
    assert (was, transfers(app)) == ("sending", 1)


@pytest.mark.parametrize(("killed", "paid"), [(False, 1), (True, 2)])
def test_without_the_fence_the_second_run_pauses_it_and_a_killed_first_pays_twice(
    shop, owed, at_stripe, app, work, clock, monkeypatch, killed, paid
):
    """The twin. The first alone still books what Stripe made; when it cannot, a new key pays again."""
    unprotected(monkeypatch)
    was = paused_in_the_middle(shop, at_stripe, app, work, clock, monkeypatch, killed=killed)
    assert (was, transfers(app)) == ("paused", paid)


@pytest.mark.parametrize("end", [PayoutStatus.BLOCKED, PayoutStatus.PAUSED, PayoutStatus.FAILED])
def test_a_transfer_that_stripe_has_made_is_booked_whatever_the_row_says(
    shop, owed, at_stripe, app, work, clock, monkeypatch, end
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    with work():
        db.session.execute(text("UPDATE payouts SET status = :end, reason = 'refused'"), {"end": end})
    assert in_app(app, lambda: send_payout(payout_id)) is True
    assert (transfers(app), state(work, payout_id)) == (1, ("sent", None, None))


def test_a_refusal_at_the_door_after_an_unknown_outcome_leaves_it_unknown(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    clock.advance(minutes=3)
    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", refuse(payments.PaymentsMisconfigured()))
        with pytest.raises(payments.PaymentsMisconfigured):
            in_app(app, lambda: send_payout(payout_id))
    assert state(work, payout_id)[0] == "sending"
    clock.advance(minutes=3)
    in_app(app, lambda: send_payout(payout_id))
    assert (transfers(app), state(work, payout_id)[0]) == (1, "sent")


def refused_afterwards(shop, at_stripe, app, work, clock, monkeypatch) -> None:
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    clock.advance(minutes=3)
    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", refuse(payments.PaymentRefused(code="no")))
        in_app(app, lambda: send_payout(payout_id))
    in_app(app, lambda: send_payout(payout_id))
    assert state(work, payout_id)[0] == "sent"


def test_a_definite_no_after_an_unknown_outcome_is_believed_only_after_looking(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    refused_afterwards(shop, at_stripe, app, work, clock, monkeypatch)
    assert transfers(app) == 1


def test_believing_that_no_without_looking_pays_twice(shop, owed, at_stripe, app, work, clock, monkeypatch):
    """The twin."""
    monkeypatch.setattr(jobs, "_found", lambda payout_id, group: False)
    refused_afterwards(shop, at_stripe, app, work, clock, monkeypatch)
    assert transfers(app) == 2


def test_a_claim_that_was_taken_over_opens_no_attempt_and_puts_nothing_off(shop, owed, app, work, clock):
    _, payout_id = approved(shop, work)
    with work():
        stale = sending.claim(actor=TESTS, payout_id=payout_id)
    clock.advance(minutes=3)
    with work():
        held = sending.claim(actor=TESTS, payout_id=payout_id)
    assert stale is not None and held is not None and held.key == stale.key
    with work():
        assert sending.begin_attempt(actor=TESTS, held=stale) is None
        assert not sending.put_off(
            actor=TESTS,
            payout_id=payout_id,
            status=PayoutStatus.FAILED,
            reason=BlockReason.REFUSED,
            held=stale,
        )
        anew = sending.begin_attempt(actor=TESTS, held=held)
        assert anew is not None and (anew.attempt, anew.key) == (2, f"payout:{payout_id}:transfer:2")
        assert sending.begin_attempt(actor=TESTS, held=held) is None, "once a claim"


def test_a_blocked_payout_of_a_preview_that_nobody_approved_is_not_sent(shop, owed, at_stripe, app, work):
    at_stripe(50_000, stage="new")
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        payout_id = db.session.scalars(select(Payout.id).where(Payout.run_id == run.id)).one()
    stage(app, work, "done")
    assert in_app(app, lambda: send_payout(payout_id)) is False
    assert (transfers(app), state(work, payout_id)[0]) == (0, "blocked")


@pytest.fixture
def two_owed(shop, owed, at_stripe, app, work, clock) -> tuple[int, list[int]]:
    """An approved run with two editors: its id and its payouts, the older first."""
    with work():
        second = make_editor("Marta Riva", "marta")
        click(window_link(second), "visit-2")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-2")
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    at_stripe(50_000)
    with app.app_context():
        account = account_of(second)
        with opened() as store:
            accounts.set_stage(store, account, "done")
        seen = payments.fetch_payee(payee_id=account)
    with work():
        note_payee(actor=TESTS, editor_id=second, seen=seen)
    with work():
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN)
        sending_ids = list(db.session.scalars(select(Payout.id).order_by(Payout.id)))
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
    forget_jobs(work)
    return run.id, sending_ids


def test_an_account_that_is_gone_at_stripe_blocks_its_editor_alone(two_owed, app, work, monkeypatch):
    run_id, (first, second) = two_owed
    real, asked = payments.fetch_payee, []

    def gone_once(*, payee_id: str) -> payments.Payee:
        asked.append(payee_id)
        if payee_id == asked[0]:
            raise payments.NotThere()
        return real(payee_id=payee_id)

    monkeypatch.setattr(payments, "fetch_payee", gone_once)
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert state(work, first)[:2] == ("blocked", "restricted")
    assert state(work, second)[0] == "sent"


def test_one_payout_in_trouble_does_not_hold_up_the_others_and_is_told_at_the_end(
    two_owed, app, work, monkeypatch
):
    run_id, (first, second) = two_owed
    real = payments.transfer

    def trouble(**given: Any) -> payments.Transfer:
        if given["metadata"]["payout"] == str(first):
            raise payments.PaymentsUnreachable()
        return real(**given)

    monkeypatch.setattr(payments, "transfer", trouble)
    with pytest.raises(payments.PaymentsUnreachable):
        in_app(app, lambda: send_run(run_id))
    assert (state(work, first)[0], state(work, second)[0]) == ("sending", "sent")


def test_a_run_is_asked_for_once_and_sent_by_one_worker_at_a_time(shop, owed, work):
    run_id, _ = approved(shop, work)
    for _n in range(3):
        with work():
            send_what_is_left()
    with work():
        rows = db.session.execute(
            text("SELECT lock, count(*) FROM procrastinate_jobs WHERE task_name = :name GROUP BY lock"),
            {"name": SEND_RUN},
        ).all()
    assert rows == [(f"run:{run_id}", 1)]

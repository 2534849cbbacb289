"""The rules Stripe keeps and its document does not say, each at its edge."""

from datetime import timedelta

import pytest

from foundation import payments
from foundation.payments.client import calling
from stripe_sandbox import accounts, disputes, refunds, transfers
from stripe_sandbox.clockwork import moved_clock
from stripe_sandbox.errors import ApiError
from stripe_sandbox.passing import let_time_pass
from stripe_sandbox.rules import charge_fee
from stripe_sandbox.store import opened
from tests.payments.conftest import eur


def refund(session, minor, key="r"):
    return payments.refund(
        payment_intent=session.payment_intent, amount=eur(minor), idempotency_key=key, metadata={}
    )


def reverse(transfer, minor, key="v"):
    return payments.reverse_transfer(
        transfer_id=transfer.id, amount=eur(minor), idempotency_key=key, metadata={}
    )


@pytest.mark.parametrize(
    ("amount", "fee"), [(5000, 100), (19000, 310), (50, 26), (100, 27), (33, 25), (34, 26)]
)
def test_fees_are_rounded_half_up(amount, fee):
    assert charge_fee(amount) == fee


def test_the_smallest_amount(shop):
    assert shop.session(50).amount == eur(50)
    with pytest.raises(payments.AmountTooSmall) as refused:
        shop.session(49, "small")
    assert refused.value.definite


@pytest.mark.parametrize(
    ("ahead", "accepted"),
    [
        (timedelta(minutes=30), True),
        (timedelta(minutes=29, seconds=59), False),
        (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False),
    ],
)
def test_the_window_of_a_session(shop, ahead, accepted):
    ends = shop.clock.now + ahead
    if accepted:
        assert shop.session(expires_at=ends).expires_at == ends
    else:
        with pytest.raises(payments.PaymentRefused):
            shop.session(expires_at=ends)


def test_a_session_ends_by_the_clock_and_takes_no_payment_any_more(shop):
    session = shop.session()
    shop.clock.advance(minutes=36)
    with pytest.raises(ApiError):
        shop.pay(session.id)
    assert payments.fetch_session(session_id=session.id).status == "expired"
    assert payments.cancel_checkout(session_id=session.id).status == "expired"


def test_a_session_is_settled_once(shop):
    session = shop.paid()
    with pytest.raises(ApiError):
        shop.pay(session.id)
    with opened() as store:
        assert len(store.find("charge")) == 1


def test_a_declined_card_leaves_the_session_open(shop):
    session = shop.session()
    shop.pay(session.id, "declined")
    now = payments.fetch_session(session_id=session.id)
    assert (now.status, now.paid, now.payment_intent is not None) == ("open", False, True)
    shop.pay(session.id)
    assert payments.fetch_session(session_id=session.id).paid


@pytest.mark.parametrize(("how", "paid"), [("later", True), ("later_fails", False)])
def test_a_bank_transfer_is_certain_only_later(shop, how, paid):
    session = shop.session()
    shop.pay(session.id, how)
    now = payments.fetch_session(session_id=session.id)
    assert (now.status, now.paid, now.processing) == ("complete", False, True)
    with pytest.raises(payments.PaymentRefused):
        refund(now, 100)
    shop.clock.advance(minutes=2)
    let_time_pass()
    assert payments.fetch_session(session_id=session.id).paid is paid


def test_money_is_pending_for_two_days(shop):
    shop.paid(5000)
    assert payments.balance().available_in("EUR") == eur(0)
    assert payments.balance().pending == (eur(4900),)
    shop.clock.advance(days=2)
    assert payments.balance().available_in("EUR") == eur(4900)


def test_refunds_never_pass_the_charge(shop):
    session = shop.paid(5000)
    refund(session, 3000, "a")
    with pytest.raises(payments.PaymentRefused, match="accept"):
        refund(session, 2001, "b")
    assert refund(session, 2000, "c").status == "succeeded"
    with pytest.raises(payments.PaymentRefused) as refused:
        refund(session, 1, "d")
    assert refused.value.stripe_code == "charge_already_refunded"
    assert refused.value.definite


def test_a_refund_without_the_money_waits_for_it(shop):
    session = shop.paid(50_000)
    payee = shop.payee()
    shop.clock.advance(days=2)
    shop.transfer(payee, 40_000)
    made = refund(session, 50_000)
    assert made.status == "pending"
    let_time_pass()
    assert payments.fetch_refund(refund_id=made.id).status == "pending"
    shop.reserve(40_000)
    let_time_pass()
    assert payments.fetch_refund(refund_id=made.id).status == "succeeded"


def test_a_refund_may_fail_days_later(shop):
    session = shop.paid(5000)
    made = refund(session, 5000)
    with opened() as store:
        refunds.fail_refund(store, made.id)
    assert payments.fetch_refund(refund_id=made.id).status == "failed"
    assert refund(session, 5000, "again").status == "succeeded"


def test_transfers_need_a_ready_payee_and_money_that_is_there(shop):
    for stage in ("new", "half", "restricted"):
        payee = shop.payee(stage)
        with pytest.raises(payments.PayeeNotReady):
            shop.transfer(payee, key=stage)
    payee = shop.payee("done")
    with pytest.raises(payments.BalanceInsufficient) as refused:
        shop.transfer(payee, key="poor")
    assert refused.value.definite
    shop.paid(9000)
    with pytest.raises(payments.BalanceInsufficient):
        shop.transfer(payee, key="pending is not available")
    shop.clock.advance(days=2)
    assert shop.transfer(payee, key="now").amount == eur(1572)


def test_reversals_never_pass_the_transfer_nor_the_payees_balance(shop):
    shop.reserve(9000)
    payee = shop.payee()
    sent = shop.transfer(payee, 1000)
    with pytest.raises(payments.PaymentRefused):
        reverse(sent, 1001, "a")
    reverse(sent, 400, "b")
    with pytest.raises(payments.PaymentRefused):
        reverse(sent, 601, "c")
    with opened() as store:
        transfers.pay_out_balances(store, payee.id)
    with pytest.raises(payments.BalanceInsufficient):
        reverse(sent, 600, "d")


def test_an_editors_money_leaves_for_the_bank_by_itself(shop):
    shop.reserve(9000)
    payee = shop.payee()
    shop.transfer(payee, 1000)
    shop.clock.advance(days=1)
    let_time_pass()
    with opened() as store:
        assert store.available(payee.id, "eur") == 1000
    shop.clock.advance(days=1)
    let_time_pass()
    with opened() as store:
        assert store.available(payee.id, "eur") == 0
        payout = store.find("payout", account=payee.id)[0].id
    shop.clock.advance(days=2)
    let_time_pass()
    assert payments.fetch_bank_payout(payout_id=payout, payee_id=payee.id).status == "paid"
    with opened() as store:
        transfers.fail_payout(store, payout)
        assert store.available(payee.id, "eur") == 1000
    failed = payments.fetch_bank_payout(payout_id=payout, payee_id=payee.id)
    assert (failed.status, failed.failure_code) == ("failed", "account_closed")


def test_a_disputed_charge_cannot_be_refunded_until_it_is_won(shop):
    session = shop.paid(5000)
    shop.reserve(9000)
    with opened() as store:
        dispute = disputes.open_dispute(store, store.find("charge")[0].id).id
    assert payments.fetch_dispute(dispute_id=dispute).status == "needs_response"
    with pytest.raises(payments.PaymentRefused):
        refund(session, 1000, "a")
    before = payments.balance().available_in("EUR")
    with opened() as store:
        disputes.decide(store, dispute, won=True)
    assert payments.balance().available_in("EUR") == before + eur(5000 + 2000)
    assert refund(session, 1000, "b").status == "succeeded"


def test_a_link_works_once_and_for_minutes(shop):
    payee = shop.payee("new")
    addresses = {"refresh_url": "https://shop.test/again", "return_url": "https://shop.test/back"}
    link = payments.onboarding_link(payee_id=payee.id, **addresses).rsplit("/", 1)[-1]
    with opened() as store:
        accounts.onboard(store, link, "half")
    with opened() as store, pytest.raises(ApiError):
        accounts.onboard(store, link, "done")
    late = payments.onboarding_link(payee_id=payee.id, **addresses).rsplit("/", 1)[-1]
    shop.clock.advance(minutes=6)
    with opened() as store, pytest.raises(ApiError):
        accounts.onboard(store, late, "done")
    assert payments.fetch_payee(payee_id=payee.id).status is payments.PayeeStatus.ONBOARDING


# Idempotency


def test_the_same_key_and_request_gets_the_first_answer(shop, app):
    first = shop.session()
    again = shop.session()
    assert again == first
    with calling() as stripe:
        reply = (
            stripe.v1.checkout.sessions.create(shop_request(shop), {"idempotency_key": "raw"}),
            stripe.v1.checkout.sessions.create(shop_request(shop), {"idempotency_key": "raw"}),
        )
    assert [one.last_response.headers.get("idempotent-replayed") for one in reply] == [None, "true"]


def shop_request(shop):
    return {
        "mode": "payment",
        "success_url": "https://shop.test/",
        "expires_at": int(shop.clock.now.timestamp()) + 3600,
        "line_items": [
            {
                "price_data": {"currency": "eur", "unit_amount": 900, "product_data": {"name": "Belt"}},
                "quantity": 1,
            }
        ],
    }


def test_the_same_key_with_another_request_is_refused_and_the_outcome_is_open(shop):
    shop.session(5000)
    with pytest.raises(payments.IdempotencyMismatch) as refused:
        shop.session(5001)
    assert not refused.value.definite


def test_a_key_is_forgotten_after_a_day(shop):
    ends = shop.clock.now + timedelta(hours=47)
    first = shop.session(expires_at=shop.clock.now + timedelta(hours=23))
    shop.clock.advance(hours=23, minutes=59)
    assert shop.session(expires_at=ends - timedelta(hours=24)).id == first.id
    shop.clock.advance(minutes=1)
    assert shop.session(expires_at=ends).id != first.id


def test_a_refusal_is_replayed_once_work_began_but_not_for_wrong_parameters(shop):
    payee = shop.payee()
    with pytest.raises(payments.BalanceInsufficient):
        shop.transfer(payee, key="k")
    shop.reserve(9000)
    with pytest.raises(payments.BalanceInsufficient):
        shop.transfer(payee, key="k")
    assert shop.transfer(payee, key="k2").amount == eur(1572)
    with pytest.raises(payments.AmountTooSmall):
        shop.session(10, "small")
    assert shop.session(5000, "small").amount == eur(5000)


# Time


def test_the_clock_moves_on_for_the_whole_shop_and_never_back(shop):
    assert moved_clock.move(timedelta(days=3)) == timedelta(days=3)
    assert moved_clock.move(timedelta(hours=5)) == timedelta(days=3, hours=5)
    with pytest.raises(ValueError, match="forward"):
        moved_clock.move(timedelta(seconds=-1))
    moved_clock.reset()
    assert moved_clock.offset() == timedelta(days=3, hours=5)

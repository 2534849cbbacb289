"""Every request we send and every reply the stand-in gives is valid by Stripe's own document."""

from datetime import timedelta

import pytest

from foundation import payments
from foundation.payments import calls, doctor
from foundation.payments.reconcile import reconcile
from foundation.payments.setup import ensure_destinations
from foundation.payments.version import API_VERSION
from stripe_sandbox import disputes, refunds, shopper, transfers
from stripe_sandbox.store import opened
from tests.payments import contract
from tests.payments.conftest import BASE, eur


def test_the_pinned_version_is_the_documents_version():
    assert contract.document()["info"]["version"] == API_VERSION


def test_a_checkout_from_start_to_refund_is_valid(shop, wire):
    session = shop.session()
    assert (session.status, session.paid, session.payment_intent) == ("open", False, None)
    shop.pay(session.id, "declined")
    shop.pay(session.id)
    session = payments.fetch_session(session_id=session.id)
    assert (session.status, session.paid, session.amount) == ("complete", True, eur(5000))
    made = payments.refund(
        payment_intent=session.payment_intent,
        amount=eur(1200),
        idempotency_key="r1",
        metadata={"order": "V-1001"},
    )
    assert payments.fetch_refund(refund_id=made.id) == made
    assert payments.fetch_refunds(charge=made.charge) == [made]
    assert payments.cancel_checkout(session_id=session.id).status == "complete"
    assert calls.fetch_session_of(payment_intent=str(session.payment_intent)) == session
    assert len(wire) == 8


def test_payees_transfers_and_balances_are_valid(shop, wire):
    payee = shop.payee("new")
    assert payee.status is payments.PayeeStatus.CREATED
    assert payments.fetch_payee(payee_id=payee.id).status is payments.PayeeStatus.ONBOARDING
    assert payments.find_payee(metadata={"editor": "7"}) == payments.fetch_payee(payee_id=payee.id)
    for number in range(20):
        shop.payee("new", f"another-{number}")
    assert payments.find_payee(metadata={"editor": "nobody"}) is None
    link = payments.onboarding_link(payee_id=payee.id, refresh_url=f"{BASE}/again", return_url=f"{BASE}/back")
    assert link.startswith(f"{BASE}/_sandbox/onboarding/")
    shop.payee("restricted")
    assert payments.fetch_payee(payee_id=payee.id).status is payments.PayeeStatus.RESTRICTED
    shop.payee("done")
    assert payments.fetch_payee(payee_id=payee.id).status is payments.PayeeStatus.ACTIVE
    assert payments.dashboard_link(payee_id=payee.id).startswith(f"{BASE}/_sandbox/express/")
    shop.reserve(5000)
    sent = shop.transfer(payee)
    assert payments.find_transfer(transfer_group="run-1", metadata={"payout": "payout-1"}) == sent
    assert payments.find_transfer(transfer_group="run-1", metadata={"payout": "payout-2"}) is None
    taken = payments.reverse_transfer(
        transfer_id=sent.id, amount=eur(72), idempotency_key="rev-1", metadata={"why": "refund"}
    )
    assert (taken.amount, taken.transfer) == (eur(72), sent.id)
    assert payments.fetch_transfer(transfer_id=sent.id).reversed == eur(72)
    assert payments.balance().available_in("EUR") == eur(5000 - 1572 + 72)
    with opened() as store:
        payout = transfers.pay_out_balances(store, payee.id)[0].id
    assert payments.fetch_bank_payout(payout_id=payout, payee_id=payee.id).amount == eur(1500)
    assert all(status == 200 for _, _, status in wire)


def test_setup_doctor_and_reconcile_are_valid(shop, wire):
    assert set(ensure_destinations(base_url=BASE).values()) == {True}
    assert set(ensure_destinations(base_url=BASE).values()) == {False}
    assert all(finding.well for finding in doctor.examine(base_url=BASE))
    assert reconcile(since=shop.clock.now - timedelta(days=1)) == []


def test_moving_house_replaces_the_destinations(shop, wire):
    ensure_destinations(base_url="https://old.example.test")
    assert not all(finding.well for finding in doctor.examine(base_url=BASE))
    assert set(ensure_destinations(base_url=BASE).values()) == {True}
    assert all(finding.well for finding in doctor.examine(base_url=BASE))


def test_a_demo_at_another_port_is_as_well_set_up(shop, wire):
    ensure_destinations(base_url="http://127.0.0.1:8321")
    findings = doctor.examine(base_url=BASE)
    assert all(finding.well for finding in findings)
    assert "http://127.0.0.1:8321/" in findings[-1].advice


def test_refusals_are_valid_too(shop, wire):
    with pytest.raises(payments.AmountTooSmall):
        shop.session(49)
    with pytest.raises(payments.NotThere):
        payments.fetch_session(session_id="cs_demo_nobody")
    with pytest.raises(payments.NotThere):
        payments.fetch_payee(payee_id="acct_demo_nobody")
    shop.session(5000, "same")
    with pytest.raises(payments.IdempotencyMismatch):
        shop.session(6000, "same")
    payee = shop.payee("half")
    with pytest.raises(payments.PayeeNotReady):
        shop.transfer(payee)
    shop.payee("done")
    with pytest.raises(payments.BalanceInsufficient):
        shop.transfer(payee, key="payout-2")


def test_every_event_carries_a_valid_object(shop, wire, destinations):
    session = shop.paid(9000)
    payments.refund(
        payment_intent=session.payment_intent, amount=eur(1000), idempotency_key="r1", metadata={}
    )
    for key, how in (("b", "later"), ("c", "later_fails")):
        shop.pay(shop.session(3000, key).id, how)
    expired = shop.session(3000, "d")
    payments.cancel_checkout(session_id=expired.id)
    shop.clock.advance(days=3)
    payee = shop.payee("done")
    sent = shop.transfer(payee, 2000)
    payments.reverse_transfer(transfer_id=sent.id, amount=eur(500), idempotency_key="v", metadata={})
    with opened() as store:
        shopper.settle_due(store)
        refund = store.find("refund")[0]
        refunds.fail_refund(store, refund.id)
        charge = store.find("charge")[0].id
        disputes.decide(store, disputes.open_dispute(store, charge).id, won=True)
        disputes.decide(store, disputes.open_dispute(store, charge).id, won=False)
        transfers.fail_payout(store, transfers.pay_out_balances(store, payee.id)[0].id)
    with opened() as store:
        events = [row.body for row in store.find("event")] + [
            row.body for row in store.session.query(type(store.find("refund")[0])).filter_by(kind="payout")
        ]
        thin = [row.body for row in store.find("v2.core.event")]
        told = {row.body["type"] for row in store.find("event")}
    known = contract.document()["components"]["schemas"]
    problems = []
    for body in events:
        name = body["object"]
        problems += contract.schema_problems(name, body)
        if name == "event":
            about = body["data"]["object"]
            assert about["object"] in known
            problems += [f"{body['type']}: {p}" for p in contract.schema_problems(about["object"], about)]
    problems += [problem for body in thin for problem in contract.schema_problems("v2.core.event", body)]
    assert problems == []
    assert told >= {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
        "charge.refunded",
        "refund.created",
        "refund.failed",
        "charge.dispute.created",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "transfer.created",
        "transfer.reversed",
    }
    assert {body["type"] for body in thin} >= {
        "v2.core.account[configuration.recipient].capability_status_updated",
        "v2.core.account[requirements].updated",
    }


def test_metadata_and_group_reach_the_payment(shop, wire):
    session = shop.paid()
    with opened() as store:
        intent = store.get("payment_intent", session.payment_intent).body
        charge = store.get("charge", intent["latest_charge"]).body
    assert intent["metadata"] == charge["metadata"] == {"order": "V-1001"}
    assert intent["transfer_group"] == charge["transfer_group"] == "V-1001"


def test_lines_have_to_add_up(shop):
    with pytest.raises(ValueError, match="add up"):
        shop.session(amount=eur(4999))

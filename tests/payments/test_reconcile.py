"""Our books beside Stripe's: each difference is named once, agreement is silence."""

from datetime import timedelta

import pytest

from foundation import payments
from foundation.payments import reconcile as books
from foundation.payments.cli import payments as commands
from stripe_sandbox import announcements, operator, refunds
from stripe_sandbox.models import DeliveryMode
from stripe_sandbox.store import opened
from tests.payments.conftest import eur


@pytest.fixture
def believed(monkeypatch):
    """What this test's shop believes, in place of the real shop."""
    ours = []
    monkeypatch.setattr(books, "_sources", [lambda since: ours])
    return ours


def differences(shop):
    return [str(one) for one in books.reconcile(since=shop.clock.now - timedelta(days=1))]


def checkout(session, **changed):
    facts = {"kind": "checkout.session", "stripe_id": session.id, "ours": "order V-1001"}
    return payments.Expectation(**{**facts, "amount": session.amount, "state": "paid", **changed})


def test_agreement_is_silence(shop, deliver, believed):
    session = shop.paid()
    made = payments.refund(
        payment_intent=session.payment_intent, amount=eur(500), idempotency_key="r", metadata={}
    )
    shop.reserve(5000)
    sent = shop.transfer(shop.payee())
    deliver()
    believed += [
        checkout(session),
        payments.Expectation(
            kind="refund", stripe_id=made.id, ours="refund 1", amount=eur(500), state="succeeded"
        ),
        payments.Expectation(
            kind="transfer", stripe_id=sent.id, ours="payout 1", amount=eur(1572), reversed=eur(0)
        ),
    ]
    assert differences(shop) == []


def test_another_amount_or_state_is_named(shop, deliver, believed):
    session = shop.session()
    believed.append(checkout(session, amount=eur(4000)))
    deliver()
    assert differences(shop) == [
        f"checkout.session {session.id} (order V-1001): amount: 4000 EUR here, 5000 EUR at Stripe",
        f"checkout.session {session.id} (order V-1001): state: paid here, unpaid at Stripe",
    ]


def test_what_stripe_does_not_know_is_named(shop, deliver, believed):
    believed.append(
        payments.Expectation(kind="transfer", stripe_id="tr_demo_no", ours="payout 9", amount=eur(1))
    )
    assert differences(shop) == ["transfer tr_demo_no (payout 9): Stripe does not know it"]


def test_money_nobody_here_knows_of_is_named(shop, deliver, believed):
    session = shop.paid()
    shop.reserve(5000)
    sent = shop.transfer(shop.payee())
    with opened() as store:
        charge = store.get("charge", store.find("charge")[0].id, lock=True)
        given = refunds.refund_charge(store, charge, 500, {}).id
    deliver()
    assert differences(shop) == [
        f"refund {given} (not ours): 500 EUR given back",
        f"transfer {sent.id} (not ours): 1572 EUR sent",
        f"checkout.session {session.id} (not ours): 5000 EUR paid",
    ]


def test_what_moved_is_held_against_what_is_believed_and_fees_are_told_apart(app, shop, deliver, believed):
    session = shop.paid()
    shop.reserve(5000)
    sent = shop.transfer(shop.payee())
    payments.reverse_transfer(transfer_id=sent.id, amount=eur(72), idempotency_key="rev", metadata={})
    believed += [
        checkout(session),
        payments.Expectation(
            kind="transfer", stripe_id=sent.id, ours="payout 1", amount=eur(1572), reversed=eur(72)
        ),
    ]
    deliver()
    assert differences(shop) == []
    with opened() as store:
        charge = store.get("charge", store.find("charge")[0].id).body
        store.move("charge", "charge", charge["id"], 5000, "eur", fee=10)
        store.move("transfer", "transfer", "tr_demo_lost", -40, "eur")
        store.move("transfer", "transfer", sent.id, 0, "eur", fee=3)
    assert differences(shop) == [
        f"transfer {sent.id} (not ours): fee: none here, 3 EUR at Stripe",
        "transfer tr_demo_lost (not ours): moved: 40 EUR at Stripe",
        f"checkout.session {session.id} (order V-1001): moved: 5000 EUR here, 10000 EUR at Stripe",
    ]
    told = app.test_cli_runner().invoke(commands, ["reconcile"])
    assert told.exit_code == 1
    assert "1 x payment: 50.00 EUR here, 100.00 EUR at Stripe, fees " in told.output
    assert "2 x transfer: 15.00 EUR here, 15.40 EUR at Stripe, fees 0.03 EUR" in told.output
    assert "\n    book it as a cost of payments" in told.output


def test_a_message_that_never_came_is_found_behind_pages_of_others(shop, deliver, believed):
    session = shop.paid()
    believed.append(checkout(session))
    deliver()
    with opened() as store:
        operator.set_mode(store, DeliveryMode.DROPPED)
    lost = shop.paid(key="order-2")
    believed.append(checkout(lost, ours="order V-1002"))
    with opened() as store:
        for number in range(120):
            announcements.announce(store, "payment_intent.created", {"id": f"pi_demo_{number}"})
    (missed,) = differences(shop)
    assert missed.startswith("event evt_demo_") and "checkout.session.completed never came" in missed
    assert differences(shop) == []


def test_the_command_says_each_difference_and_exits_with_one(shop, app, deliver, believed):
    runner = app.test_cli_runner()
    agreed = runner.invoke(commands, ["reconcile"])
    assert (agreed.exit_code, agreed.output) == (0, "0 difference(s) in the last 30 days\n")
    session = shop.paid()
    deliver()
    result = runner.invoke(commands, ["reconcile", "--days", "2"])
    assert result.exit_code == 1
    assert session.id in result.output
    assert result.output.endswith("1 difference(s) in the last 2 days\n")


def test_the_other_commands_tell_what_they_did(app, shop):
    runner = app.test_cli_runner()
    before = runner.invoke(commands, ["doctor"])
    assert before.exit_code == 1
    assert "MISSING Messages about own  run: flask --app wsgi payments setup" in before.output
    assert runner.invoke(commands, ["setup"]).output == "own: made\nconnected: made\naccounts: made\n"
    after = runner.invoke(commands, ["doctor"])
    assert (after.exit_code, "MISSING" in after.output) == (0, False)

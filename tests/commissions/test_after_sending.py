"""What Stripe tells after the money went out: transfers told by message, taken back, refused by the bank."""

from datetime import timedelta

from sqlalchemy import func, select, text

from commissions.payees.actions import note_bank_payout
from commissions.payees.models import Payee
from commissions.payees.queries import refused_by_bank
from commissions.payouts.jobs import send_payout
from commissions.payouts.models import Payout
from commissions.payouts.queries import believed_transfers
from commissions.payouts.words import reason_words
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation import payments
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from foundation.payments import reconcile, webhooks
from foundation.payments.objects import BankPayout
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import fail_payout, pay_out_balances
from tests.commissions.sales import TESTS
from tests.commissions.test_sending import approved, in_app, state, transfers
from tests.commissions.test_sending_races import lost


def tell(app, work, kind: str, object_id: str, account: str | None = None) -> None:
    """Stripe's message about an object comes in and is handled."""
    fresh = in_app(app, lambda: webhooks.fetch(kind, object_id, account))
    with work():
        webhooks.hand_over(fresh)


def only_transfer(app) -> str:
    with app.app_context(), opened() as store:
        return store.find("transfer")[0].id


def test_the_message_of_a_transfer_books_it_when_the_answer_was_lost(
    shop, owed, at_stripe, app, work, monkeypatch
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    lost(monkeypatch, app, payout_id)
    for _n in range(2):
        tell(app, work, "transfer", only_transfer(app))
    assert state(work, payout_id) == ("sent", None, None)
    assert in_app(app, lambda: send_payout(payout_id)) is True
    assert transfers(app) == 1


def test_a_transfer_that_names_a_payout_of_another_run_is_not_booked(shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    with work():
        account = db.session.execute(text("SELECT account FROM payees")).scalar_one()
    made = in_app(
        app,
        lambda: payments.transfer(
            amount=Money(1867, "EUR"),
            destination=account,
            transfer_group="payout-run-999",
            idempotency_key="elsewhere",
            metadata={"payout": str(payout_id)},
        ),
    )
    tell(app, work, "transfer", made.id)
    assert state(work, payout_id)[0] == "approved"


def test_what_was_taken_back_in_the_dashboard_stands_on_the_payout_and_reconciling_names_it(
    shop, owed, at_stripe, app, work, clock, client_of
):
    at_stripe(50_000)
    began = shop_clock.now()
    _, payout_id = approved(shop, work)
    assert in_app(app, lambda: send_payout(payout_id))
    transfer_id = only_transfer(app)
    with work():
        assert [one.reversed for one in believed_transfers(began)] == [Money(0, "EUR")]

    def differences() -> list[str]:
        found = in_app(app, lambda: reconcile.reconcile(since=began - timedelta(days=1)))
        return [str(one) for one in found if one.kind == "transfer"]

    assert differences() == []
    in_app(
        app,
        lambda: payments.reverse_transfer(
            transfer_id=transfer_id, amount=Money(500, "EUR"), idempotency_key="by-hand", metadata={}
        ),
    )
    for _n in range(2):
        tell(app, work, "transfer", transfer_id)
    assert state(work, payout_id)[0] == "sent", "and the books still balance"
    with work():
        payout = db.session.get_one(Payout, payout_id)
        assert payout.reversed_minor == 500
        assert "5.00" in reason_words(payout)
        run_id = payout.run_id
        told = select(func.count()).select_from(AuditRow).where(AuditRow.action == "payouts.taken_back")
        assert db.session.scalars(told).one() == 1, "told twice, written once"
    page = client_of(shop.luca_id).get(f"/staff/payouts/{run_id}").text
    assert "€5.00 of it was taken back in the Stripe Dashboard" in page
    assert differences() == [
        f"transfer {transfer_id} (payout {payout_id}): taken back: 0 EUR here, 500 EUR at Stripe"
    ]


def test_a_payout_that_the_bank_sent_back_stands_with_the_editor_and_before_staff(
    shop, owed, at_stripe, app, work, clock, client_of
):
    at_stripe(50_000)
    _, payout_id = approved(shop, work)
    assert in_app(app, lambda: send_payout(payout_id))
    with work():
        account = db.session.execute(text("SELECT account FROM payees")).scalar_one()
    clock.advance(days=3)
    with app.app_context(), opened() as store:
        first = pay_out_balances(store, account)[0].id
        fail_payout(store, first)
    tell(app, work, "payout", first, account)
    with work():
        assert [(payee.bank_failure, name) for payee, name in refused_by_bank()] == [
            ("account_closed", "Giulia Ferri")
        ]
        told_at = db.session.scalars(select(Payee.bank_told_at)).one()
        editor = db.session.get_one(Editor, shop.editor_id).account_id
    assert told_at is not None
    assert "Your bank sent a payout back" in client_of(editor).get("/studio/payments").text
    assert "The bank of Giulia Ferri sent a payout back" in client_of(shop.luca_id).get("/staff").text

    def paid(days: int) -> None:
        seen = BankPayout(
            id="po_other",
            account=account,
            amount=Money(1, "EUR"),
            status="paid",
            failure_code=None,
            arrives=told_at + timedelta(days=days),
        )
        with work():
            note_bank_payout(actor=TESTS, editor_id=shop.editor_id, seen=seen)

    paid(-1)
    with work():
        assert refused_by_bank(), "an older payout, told late, says nothing of this one"
    paid(1)
    with work():
        assert not refused_by_bank()

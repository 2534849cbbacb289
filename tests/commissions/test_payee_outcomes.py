"""An account asked for at Stripe whose answer was lost: the same key while it holds, then a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from commissions.payees.models import Payee
from foundation import payments
from foundation.db import db
from stripe_sandbox.store import opened
from tests.commissions.conftest import account_of
from tests.commissions.test_sending import in_app
from tests.commissions.test_sending_races import refuse
from tests.races import at_once, meeting


@pytest.fixture
def ask(shop, app, work) -> Callable[[], str]:
    """The editor, of whom Stripe knows nothing yet, asks for their account."""
    with work():
        db.session.execute(text("DELETE FROM payees"))
    return lambda: in_app(app, lambda: account_of(shop.editor_id))


def made(app) -> list[str]:
    with app.app_context(), opened() as store:
        return [row.id for row in store.find("v2.core.account")]


def attempt(work) -> int:
    with work():
        return db.session.scalars(select(Payee.attempt)).one()


def answer_lost(ask: Callable[[], str], monkeypatch) -> None:
    """Stripe makes the account, and nobody here hears of it."""
    real = payments.create_payee

    def unheard(**given: Any) -> payments.Payee:
        real(**given)
        raise payments.PaymentsUnreachable()

    with monkeypatch.context() as patch:
        patch.setattr(payments, "create_payee", unheard)
        with pytest.raises(payments.PaymentsUnreachable):
            ask()


def test_within_a_day_the_same_key_brings_the_account_to_light(ask, app, clock, monkeypatch, work):
    answer_lost(ask, monkeypatch)
    clock.advance(hours=22)
    monkeypatch.setattr(payments, "find_payee", refuse(AssertionError("nobody has to look")))
    assert [ask()] == made(app)
    assert attempt(work) == 1


def test_a_key_that_stripe_has_forgotten_is_looked_up_and_makes_no_second_account(
    ask, app, clock, monkeypatch, work
):
    answer_lost(ask, monkeypatch)
    clock.advance(hours=30)
    assert [ask()] == made(app)
    assert attempt(work) == 1
    with work():
        payee = db.session.scalars(select(Payee)).one()
        assert (payee.account, payee.status) == (made(app)[0], "onboarding")


def test_without_the_look_a_forgotten_key_makes_a_second_account(ask, app, clock, monkeypatch):
    """The twin."""
    answer_lost(ask, monkeypatch)
    clock.advance(hours=30)
    monkeypatch.setattr(payments, "find_payee", lambda **_named: None)
    ask()
    assert len(made(app)) == 2


def test_what_never_arrived_is_asked_for_with_a_fresh_key(ask, app, clock, monkeypatch, work):
    with monkeypatch.context() as patch:
        patch.setattr(payments, "create_payee", refuse(payments.PaymentsUnreachable()))
        with pytest.raises(payments.PaymentsUnreachable):
            ask()
    clock.advance(hours=30)
    assert [ask()] == made(app)
    assert attempt(work) == 2


def test_two_who_look_at_once_ask_with_one_fresh_key(ask, app, shop, clock, monkeypatch, work):
    with monkeypatch.context() as patch:
        patch.setattr(payments, "create_payee", refuse(payments.PaymentsUnreachable()))
        with pytest.raises(payments.PaymentsUnreachable):
            ask()
    clock.advance(hours=30)
    monkeypatch.setattr(payments, "find_payee", meeting(payments.find_payee))
    assert at_once(app, *[lambda: account_of(shop.editor_id)] * 2) == []
    assert (len(made(app)), attempt(work)) == (1, 2)


def test_a_no_after_a_lost_answer_is_believed_only_after_looking(ask, app, monkeypatch):
    answer_lost(ask, monkeypatch)
    monkeypatch.setattr(payments, "create_payee", refuse(payments.PaymentRefused()))
    assert [ask()] == made(app)


def test_a_look_reads_every_page_and_no_closed_account(ask, app, shop, work):
    mine = ask()
    with app.app_context(), opened() as store:
        others = [
            payments.create_payee(
                email=f"{number}@example.test",
                display_name="Other",
                country="IT",
                currency="EUR",
                idempotency_key=f"other-{number}",
                metadata={"editor": f"9{number}"},
            )
            for number in range(25)
        ]
        store.get("v2.core.account", others[3].id, lock=True).change(closed=True)
    with app.app_context():
        found = payments.find_payee(metadata={"editor": str(shop.editor_id)})
        assert found is not None and found.id == mine
        assert payments.find_payee(metadata={"editor": "93"}) is None
        assert payments.find_payee(metadata={"editor": "nobody"}) is None


def test_a_refused_account_is_asked_for_again_with_another_key_and_an_unknown_one_with_the_same(
    ask, monkeypatch, work
):
    for error, expected in (
        (payments.PaymentsUnreachable(), 1),
        (payments.PaymentsMisconfigured(), 1),
        (payments.PaymentRefused(), 2),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(payments, "create_payee", refuse(error))
            with pytest.raises(payments.PaymentsProblem):
                ask()
        assert attempt(work) == expected
    assert ask().startswith("acct_demo_")

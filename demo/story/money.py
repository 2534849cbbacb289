"""What finance does in the story: editors tell Stripe who they are, one payout run goes out, the next one waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask

from commissions.instead.causes import CauseDraft, name_cause
from commissions.payees.queries import payee_of
from commissions.payees.steps import ensure_account, refresh
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from demo.story.people import EDITORS, FINANCE, STORE
from editors.membership.queries import editor_by_handle
from foundation import clock, payments
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import leave_transaction, unit_of_work
from foundation.money import Money
from foundation.settings import current
from stripe_sandbox.accounts import set_stage
from stripe_sandbox.store import opened

RESERVE_MINOR = 500_000
# Days before today.
ONBOARDING, FIRST_RUN, STOPPED, SECOND_RUN = 52, 8, 4, 1
CAUSES = (
    CauseDraft(
        "A roof for the night",
        "Un tetto per la notte",
        "Beds and breakfast in Turin for whoever has none.",
        "Letti e colazione a Torino per chi non ne ha.",
    ),
    CauseDraft(
        "Sewing school",
        "Scuola di cucito",
        "Teaches young people the trade, two evenings a week.",
        "Insegna il mestiere ai giovani, due sere a settimana.",
    ),
)
# Stripe wants a document from one editor: her next payout is held back, with the reason.
ASKED_FOR_PAPERS = "noemi"


def turn_of_the_day(app: Flask, days_ago: int, morning: datetime) -> None:
    """Whatever finance has to do that day."""
    if days_ago == ONBOARDING:
        clock.hold(morning + timedelta(hours=10))
        app.test_client().post("/_sandbox/act/top_up", data={"what": str(RESERVE_MINOR)})
        for person in EDITORS:
            _onboard(app, person.handle)
        _name_causes(app)
    if days_ago == FIRST_RUN:
        clock.hold(morning + timedelta(hours=1))
        run_id = _prepare(app)
        clock.hold(morning + timedelta(hours=3))
        _approve(app, run_id)
    if days_ago == STOPPED:
        clock.hold(morning + timedelta(hours=2))
        _stop(app, ASKED_FOR_PAPERS)
    if days_ago == SECOND_RUN:
        clock.hold(morning + timedelta(hours=9))
        _prepare(app)


def _name_causes(app: Flask) -> None:
    """What editors can give to instead of being paid."""
    with app.app_context(), unit_of_work():
        finance = account_by_email(FINANCE.email)
        assert finance is not None
        for draft in CAUSES:
            name_cause(actor=finance.as_staff(), draft=draft)


def _onboard(app: Flask, handle: str) -> None:
    with app.app_context():
        editor = editor_by_handle(handle)
        assert editor is not None
        editor_id, name = editor.id, editor.name
        actor = Actor.person(editor.account_id, name)
        leave_transaction()
        shop = current()
        account = ensure_account(
            actor=actor,
            editor_id=editor_id,
            name=name,
            email=f"{handle}@demo.test",
            country=shop.country,
            currency=shop.currency,
        )
        back = f"{shop.base_url}/studio/payments"
        link = payments.onboarding_link(payee_id=account, refresh_url=back, return_url=back)
    app.test_client().post(urlsplit(link).path, data={"stage": "done"})
    with app.app_context():
        refresh(actor=actor, editor_id=editor_id)


def _stop(app: Flask, handle: str) -> None:
    with app.app_context():
        editor = editor_by_handle(handle)
        assert editor is not None
        editor_id = editor.id
        payee = payee_of(editor_id)
        assert payee is not None
        account = payee.account or ""
        leave_transaction()
        with opened() as store:
            set_stage(store, account, "restricted")
        refresh(actor=Actor.system("Stripe"), editor_id=editor_id)


def _prepare(app: Flask) -> int:
    with app.app_context():
        with unit_of_work():
            who = _staff(STORE.email)
            shop = current()
            run = prepare_run(
                actor=who.as_staff(),
                account_id=who.id,
                currency=shop.currency,
                minimum=Money(shop.payout_minimum_minor, shop.currency),
            )
        return run.id


def _approve(app: Flask, run_id: int) -> None:
    with app.app_context(), unit_of_work():
        who = _staff(FINANCE.email)
        approve_run(actor=who.as_staff(), account_id=who.id, run_id=run_id)


def _staff(email: str) -> Account:
    account = account_by_email(email)
    assert account is not None
    return account

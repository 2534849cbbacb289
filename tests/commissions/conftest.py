from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text

from commissions.accruals.actions import mature
from commissions.payees.actions import note_payee
from commissions.payees.steps import ensure_account
from foundation import clock as shop_clock
from foundation import payments
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.payments.objects import Payee, PayeeStatus
from stripe_sandbox import accounts
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.commissions.sales import TESTS, click, deliver, sell, tell_delivered, tell_paid, window_link
from tests.editors.conftest import make_editor, make_product


@dataclass(frozen=True)
class Shop:
    """An editor with a link and an account that can be paid, a product, and two people who move money."""

    editor_id: int
    code: str
    product_id: int
    sara_id: int
    luca_id: int


def make_staff(name: str, role: Role) -> int:
    account = Account(
        email=f"{name.lower()}@store.test",
        name=name,
        password_hash="!",
        language="en",
        created_at=shop_clock.now(),
        email_verified_at=shop_clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    db.session.add(
        RoleGrant(account_id=account.id, role=role, granted_by="tests", granted_at=shop_clock.now())
    )
    db.session.flush()
    return account.id


def ready_payee(editor_id: int, account: str = "acct_demo_1") -> None:
    """The editor's account, as a fresh look at Stripe finds it when all is set up."""
    seen = Payee(id=account, status=PayeeStatus.ACTIVE, requirements=(), email="")
    note_payee(actor=TESTS, editor_id=editor_id, seen=seen)


@pytest.fixture
def shop(work: Callable[..., object], clock: object) -> Shop:
    with work():  # type: ignore[attr-defined]
        editor_id = make_editor()
        made = Shop(
            editor_id,
            window_link(editor_id),
            make_product(),
            make_staff("Sara", Role.STORE),
            make_staff("Luca", Role.FINANCE),
        )
        ready_payee(editor_id)
    return made


@pytest.fixture
def owed(shop, work, clock) -> int:
    """The worked example's 18.67, payable; the order's id."""
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    return order


@pytest.fixture
def at_stripe(app: Flask, shop, work) -> Callable[..., None]:
    """`at_stripe(minor, stage)` gives us a balance and the editor an account in a stage of its set-up."""

    def prepare(minor: int, stage: str = "done") -> None:
        with app.app_context():
            db.session.execute(text("DELETE FROM payees"))
            db.session.commit()
            account = account_of(shop.editor_id)
            with opened() as store:
                if stage != "new":
                    accounts.set_stage(store, account, stage)
                if minor:
                    top_up(store, minor, "eur")
            seen = payments.fetch_payee(payee_id=account)
        with work():
            note_payee(actor=TESTS, editor_id=shop.editor_id, seen=seen)

    return prepare


def account_of(editor_id: int) -> str:
    return ensure_account(
        actor=TESTS, editor_id=editor_id, name="Giulia", email="g@example.test", country="IT", currency="EUR"
    )

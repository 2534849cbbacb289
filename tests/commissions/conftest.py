from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from commissions.payees.actions import note_payee
from foundation import clock as shop_clock
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.payments.objects import Payee, PayeeStatus
from tests.commissions.sales import TESTS, window_link
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

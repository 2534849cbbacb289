"""Two at the same moment at the door: addresses, codes and tries. Each race with its twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
from sqlalchemy import func, select, true
from sqlalchemy.dialects.postgresql import Insert

from foundation import clock as shop_clock
from foundation.accounts import actions
from foundation.accounts.errors import AddressTaken, WrongCode
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db, past_the_session
from foundation.limits import actions as limits
from foundation.limits.models import Attempt
from foundation.mail.models import Message
from tests.races import at_once, meeting, without_unique

SYSTEM = Actor.system("tests")


def rows(model: type) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


@pytest.fixture
def signed_up_twice(app, work) -> Callable[[], tuple[list[type], int, int]]:
    """One address in two windows at once: the errors, the accounts and the letters there are then."""

    def sign_up() -> None:
        actions.sign_up(
            actor=SYSTEM, language="en", name="Anna", email="anna@example.test", password="una frase lunga"
        )

    def run() -> tuple[list[type], int, int]:
        met = at_once(app, sign_up, sign_up)
        with work():
            return [type(error) for error in met], rows(Account), rows(Message)

    return run


def test_two_sign_ups_at_once_make_one_account(signed_up_twice):
    assert signed_up_twice() == ([AddressTaken], 1, 1)


def test_without_the_constraint_two_sign_ups_make_two_accounts(signed_up_twice, work, monkeypatch):
    """The twin."""
    monkeypatch.setattr(Insert, "on_conflict_do_nothing", lambda self, **_named: self)
    with without_unique(work, "uq_accounts_email"):
        assert signed_up_twice() == ([], 2, 2)


@pytest.fixture
def code_typed_twice(app, work, account, clock) -> Callable[[], list[type]]:
    """One code of the second factor is typed in two windows at once: the errors."""

    def run() -> list[type]:
        anna = account("anna@example.test")
        with work():
            secret = actions.begin_second_factor(actor=SYSTEM, account=db.session.get_one(Account, anna))
        code = pyotp.TOTP(secret).at(shop_clock.machine())

        def use() -> None:
            person = db.session.get_one(Account, anna)
            actions.use_second_factor(actor=SYSTEM, account=person, code=code)

        return [type(error) for error in at_once(app, use, use)]

    return run


def test_a_code_typed_in_two_windows_at_once_opens_one_door(code_typed_twice):
    assert code_typed_twice() == [WrongCode]


def test_without_its_condition_one_code_opens_two_doors(code_typed_twice, monkeypatch):
    """The twin."""
    monkeypatch.setattr(actions, "or_", lambda *_conditions: true())
    assert code_typed_twice() == []


@pytest.fixture
def granted_twice(app, work, account) -> Callable[[], tuple[list[Exception], int]]:
    """Two owners give one person one role at once: the errors, and the grants there are then."""

    def run() -> tuple[list[Exception], int]:
        anna = account("anna@example.test")

        def grant() -> None:
            actions.grant_role(actor=SYSTEM, account_id=anna, role=Role.STORE, reason="New in the store.")

        met = at_once(app, grant, grant)
        with work():
            return met, rows(RoleGrant)

    return run


def test_a_role_given_by_two_at_once_is_given_once(granted_twice):
    assert granted_twice() == ([], 1)


def test_without_the_key_it_is_given_twice(granted_twice, work, monkeypatch):
    """The twin."""
    monkeypatch.setattr(Insert, "on_conflict_do_nothing", lambda self, **_named: self)
    with without_unique(work, "pk_role_grants"):
        assert granted_twice() == ([], 2)


TRIES = 6


def spent(app, work) -> int:
    """Tries of one address at once; how many were counted."""

    def spend() -> None:
        limits.spend_try(purpose="sign-in", subject="192.0.2.7", limit=100, per=timedelta(hours=1))

    assert at_once(app, *[spend] * TRIES) == []
    with work():
        return db.session.scalars(select(func.sum(Attempt.tries))).one()


def test_every_one_of_many_tries_at_once_is_counted(app, work, clock):
    assert spent(app, work) == TRIES


def test_counting_outside_of_the_statement_loses_tries(app, work, clock, monkeypatch):
    """The twin: everybody reads how many there were before anybody writes."""

    def read() -> int:
        return db.session.scalars(select(func.coalesce(func.max(Attempt.tries), 0))).one()

    read_together = meeting(read, TRIES)
    statement = limits._COUNT.replace("attempts.tries + 1", "%(tries)s")

    @contextmanager
    def reading_first() -> Iterator[Any]:
        with past_the_session() as connection:
            yield SimpleNamespace(
                execute=lambda _sql, values: connection.execute(
                    statement, values | {"tries": read_together() + 1}
                )
            )

    monkeypatch.setattr(limits, "past_the_session", reading_first)
    assert spent(app, work) < TRIES

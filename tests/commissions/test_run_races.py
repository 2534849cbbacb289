"""Two at the same moment at a payout run, a receipt, an account. Each race with its twin."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text

from commissions.claims import actions as claims
from commissions.claims.models import Receipt
from commissions.claims.policy import Terms
from commissions.clicks import actions as clicks
from commissions.clicks.models import Click
from commissions.ledger import actions as ledger
from commissions.ledger.models import AccountKind, LedgerAccount, Side
from commissions.payees import steps
from commissions.payouts import actions, errors, locks
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.giving_back import send_back
from commissions.payouts.models import Payout, PayoutRun
from commissions.statements.proof import verify
from foundation import ids
from foundation.audit import actions as audit
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from foundation.states import IllegalMove
from storefront.orders.queries import sale
from stripe_sandbox.store import opened
from tests.commissions.conftest import account_of
from tests.commissions.sales import TESTS, click, sell
from tests.races import at_once, meeting, read_without_lock, without_unique

TEN = Money(1000, "EUR")
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def rows(model: type) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


@pytest.fixture
def prepared_twice(shop, owed, app, work) -> Callable[[], tuple[list[type], int, int]]:
    """Two people prepare a run at once: the errors, the runs, and what the previews add up to."""

    def run() -> tuple[list[type], int, int]:
        met = at_once(
            app,
            *[
                lambda who=who: prepare_run(actor=TESTS, account_id=who, currency="EUR", minimum=TEN)
                for who in (shop.sara_id, shop.luca_id)
            ],
        )
        with work():
            total = db.session.scalars(select(func.sum(Payout.amount_minor))).one()
            return [type(error) for error in met], rows(PayoutRun), total

    return run


def test_two_people_preparing_at_once_make_one_run(prepared_twice, work):
    assert prepared_twice() == ([errors.RunWaiting], 1, 1867)
    with work():
        assert verify().ok


def test_without_indexes_and_turns_the_same_money_is_in_two_runs(prepared_twice, app, work, monkeypatch):
    """The twin: both gather what is owed, the first not done before the second has begun."""
    monkeypatch.setattr(actions, "in_turn", lambda: None)
    firsts, record = list[int](), audit.record

    def slow(**given: Any) -> None:
        firsts.append(1)
        until = time.monotonic() + 10
        while len(firsts) == 1 and time.monotonic() < until:
            with db.engine.connect() as other:
                if other.execute(WAITING).scalar_one():
                    break
        record(**given)

    monkeypatch.setattr(audit, "record", slow)
    with without_unique(work, "uq_payout_runs_prepared", "uq_payouts_open"):
        assert prepared_twice() == ([], 2, 2 * 1867)


@pytest.fixture
def approved_and_sent_back(shop, owed, app, work) -> Callable[[], list[type]]:
    """One member of staff approves a run while another sends it back: the errors."""

    def run() -> list[type]:
        with work():
            run_id = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN).id
        met = at_once(
            app,
            lambda: approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run_id),
            lambda: send_back(actor=TESTS, run_id=run_id, reason="Wait for Friday."),
        )
        return [type(error) for error in met]

    return run


def decisions() -> int:
    decided = AuditRow.action.in_(["payouts.approve", "payouts.send_back"])
    return db.session.scalars(select(func.count()).where(decided)).one()


def test_a_run_is_approved_or_sent_back_and_never_both(approved_and_sent_back, work):
    assert approved_and_sent_back() == [IllegalMove]
    with work():
        assert decisions() == 1


def test_without_the_lock_a_run_is_approved_and_sent_back(approved_and_sent_back, work, monkeypatch):
    """The twin: both find it waiting."""
    monkeypatch.setattr(locks, "lock_rows", meeting(read_without_lock))
    assert approved_and_sent_back() == []
    with work():
        assert decisions() == 2


@pytest.fixture
def accounts_at_stripe(shop, app, work, monkeypatch) -> Callable[[Callable[..., str]], int]:
    """An editor presses twice at once to be set up at Stripe, asked for by that key: the accounts then."""

    def run(key_of: Callable[..., str]) -> int:
        with work():
            db.session.execute(text("DELETE FROM payees"))
        monkeypatch.setattr(steps, "key_of", meeting(key_of))
        at_once(app, *[lambda: account_of(shop.editor_id)] * 2)
        with app.app_context(), opened() as store:
            return len(store.find("v2.core.account"))

    return run


def test_an_editor_who_presses_twice_has_one_account_at_stripe(accounts_at_stripe):
    assert accounts_at_stripe(steps.key_of) == 1


def test_without_the_rows_own_key_there_are_two(accounts_at_stripe):
    """The twin."""
    assert accounts_at_stripe(lambda payee: ids.token()) == 2


@pytest.fixture
def decided_twice(shop, app, work, clock) -> Callable[[], int]:
    """Two workers decide who earns of one order at once: the receipts there are, or were fallen over."""

    def run() -> int:
        with work():
            click(shop.code, "visit-1")
        clock.advance(minutes=20)
        with work():
            order = sell(shop.product_id, visit="visit-1")
        met = at_once(app, *[lambda: claims.decide_receipt(actor=TESTS, sale=sale(order), terms=Terms())] * 2)
        with work():
            return rows(Receipt) + len(met)

    return run


def test_two_workers_write_one_receipt(decided_twice):
    assert decided_twice() == 1


def test_without_the_constraints_they_write_two(decided_twice, work):
    """The twin."""
    with without_unique(work, "uq_receipts_first", "uq_receipts_current", "uq_receipts_number"):
        assert decided_twice() == 2


def first_bookings(shop, app, work, done: Callable[[Any], Any]) -> int:
    """Two workers open the same account of an editor at once: the accounts there are then."""
    leg = ledger.LegDraft(AccountKind.EDITOR_PENDING, Side.CREDIT, TEN, shop.editor_id)
    assert at_once(app, *[lambda: done(ledger._open_accounts([leg]))] * 2) == []
    with work():
        return rows(LedgerAccount)


def test_an_account_of_the_books_is_opened_once(shop, app, work):
    assert first_bookings(shop, app, work, lambda found: found) == 1


def test_without_the_constraint_it_is_opened_twice(shop, app, work):
    """The twin: neither is done before both have opened it."""
    with without_unique(work, "uq_ledger_accounts_kind_editor_id_currency"):
        assert first_bookings(shop, app, work, meeting(lambda found: found)) == 2


def clicked_twice(shop, app, work) -> int:
    """One visit opens one link in two windows at once: the clicks there are then."""
    assert at_once(app, *[lambda: click(shop.code, "visit-1")] * 2) == []
    with work():
        return rows(Click)


def test_one_visit_that_opens_a_link_twice_at_once_is_one_click(shop, app, work):
    assert clicked_twice(shop, app, work) == 1


def test_without_the_constraint_it_is_two_clicks(shop, app, work, monkeypatch):
    """The twin."""
    again = "ON CONFLICT (link_id, visit_id, hour) DO UPDATE SET last_at = excluded.last_at"
    assert again in clicks._FOLLOW
    monkeypatch.setattr(clicks, "_FOLLOW", clicks._FOLLOW.replace(again, ""))
    with without_unique(work, "uq_clicks_link_id_visit_id_hour", "uq_clicks_counted"):
        assert clicked_twice(shop, app, work) == 2

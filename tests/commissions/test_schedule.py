"""A run is prepared by itself once a period, whatever happens, and never approved by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from commissions.payouts import errors, jobs
from commissions.payouts.approvals import ScheduledRun
from commissions.payouts.giving_back import send_back
from commissions.payouts.models import PayoutRun
from commissions.payouts.scheduling import prepare_scheduled
from foundation import clock as shop_clock
from foundation import settings
from foundation.db import db
from tests.commissions.sales import TESTS
from tests.commissions.test_approving import prepared
from tests.commissions.test_sending import TEN
from tests.races import at_once, without_unique


@pytest.fixture
def monthly(app, monkeypatch):
    """The house prepares its run every month, from today’s day on."""
    day = min(shop_clock.today("Europe/Rome").day, 28)
    usual = settings.current
    with app.app_context():
        changed = replace(usual(), payout_schedule="monthly", payout_day=day)
    monkeypatch.setattr(settings, "current", lambda: changed)
    monkeypatch.setattr("commissions.payouts.staff.current", lambda: changed)
    monkeypatch.setattr("commissions.payouts.desk.current", lambda: changed)


def states() -> list[str]:
    return [str(one) for one in db.session.scalars(select(PayoutRun.status).order_by(PayoutRun.id))]


def test_it_is_prepared_once_told_to_finance_and_not_again_after_it_was_sent_back(
    shop, owed, monthly, work, client_of
):
    for _hour in range(2):
        with work():
            jobs.prepare_what_is_due()
    luca = client_of(shop.luca_id)
    assert "The schedule prepared it. It waits for approval." in luca.get("/staff").text
    page = luca.get("/staff/payouts").text
    assert "The next run is prepared by itself on" in page
    with work():
        run = db.session.scalars(select(PayoutRun)).one()
        assert (str(run.status), run.prepared_by_id, run.approved_by_id) == ("prepared", None, None)
        turn = db.session.scalars(select(ScheduledRun)).one()
        assert (turn.run_id, turn.period) == (run.id, f"{shop_clock.today('Europe/Rome'):%Y-%m}")
        send_back(actor=TESTS, run_id=run.id, reason="By hand this time.")
    with work():
        jobs.prepare_what_is_due()
        assert states() == ["cancelled"]
    assert luca.get(f"/staff/payouts/{run.id}").status_code == 200


def test_while_another_preview_waits_the_turn_is_not_taken_and_the_next_month_has_its_own(
    shop, owed, monthly, work, clock
):
    with work():
        by_hand = prepared(shop)
    with work():
        jobs.prepare_what_is_due()
        assert db.session.scalars(select(func.count()).select_from(ScheduledRun)).one() == 0
        send_back(actor=TESTS, run_id=by_hand, reason="The schedule does it.")
    with work():
        jobs.prepare_what_is_due()
        assert states() == ["cancelled", "prepared"]
        send_back(actor=TESTS, run_id=db.session.scalars(select(func.max(PayoutRun.id))).one(), reason="No.")
    clock.advance(days=31)
    with work():
        jobs.prepare_what_is_due()
        assert states() == ["cancelled", "cancelled", "prepared"]


def taken_twice(app, work) -> tuple[list[type], int]:
    """Two workers take the turn at once, when nobody is owed anything."""

    def take() -> None:
        prepare_scheduled(actor=TESTS, period="2026-03", currency="EUR", minimum=TEN)

    met = [type(one) for one in at_once(app, take, take)]
    with work():
        return met, db.session.scalars(select(func.count()).select_from(ScheduledRun)).one()


def test_two_workers_at_once_take_one_turn(shop, app, work):
    assert taken_twice(app, work) == ([errors.PeriodTaken], 1)


def test_without_the_constraint_both_take_it(shop, app, work):
    """The twin."""
    with without_unique(work, "uq_scheduled_runs_period_currency"):
        assert taken_twice(app, work) == ([], 2)

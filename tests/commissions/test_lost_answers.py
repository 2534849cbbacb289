"""A run while Stripe's answers are lost and workers are killed at random: every transfer is made, and once.

`PAYOUTS=500 pytest tests/commissions/test_lost_answers.py -n0` sends five hundred; the ordinary run a few.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, text

from benchmarks.payrolls import FROM, fill_payroll
from commissions.payees.actions import note_payee
from commissions.payees.steps import ensure_account
from commissions.payouts import jobs
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.jobs import send_run
from commissions.payouts.models import Payout, PayoutRun
from foundation import clock as shop_clock
from foundation import payments
from foundation.db import db, in_steps, unit_of_work
from foundation.money import Money
from stripe_sandbox import accounts
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.commissions.sales import TESTS

EDITORS = int(os.environ.get("PAYOUTS", "12"))
LOST, KILLED = 0.3, 0.15
ROUNDS = 40 + EDITORS


class KilledWorker(BaseException):
    """A process that is gone: nothing of it handles anything any more."""


@pytest.fixture
def approved(shop, app, db_url, work, clock) -> int:
    """A run over many editors who can all be paid, approved; its id."""
    fill_payroll(db_url, editors=EDITORS, runs=0, now=shop_clock.now())
    with work():
        db.session.execute(text("DELETE FROM payees"))
        db.session.execute(text("UPDATE payable_movements SET amount_minor = 700 WHERE amount_minor > 0"))
    with app.app_context():
        for editor in range(FROM, FROM + EDITORS):
            person = {"name": "E", "email": f"e{editor}@example.test", "country": "IT", "currency": "EUR"}
            account = ensure_account(actor=TESTS, editor_id=editor, **person)
            with opened() as store:
                accounts.set_stage(store, account, "done")
            seen = payments.fetch_payee(payee_id=account)
            with unit_of_work():
                note_payee(actor=TESTS, editor_id=editor, seen=seen)
        with opened() as store:
            top_up(store, 10_000_000, "eur")
    with work():
        minimum = Money(1000, "EUR")
        run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=minimum)
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        return run.id


def unreliable(patch: Any, dice: Random) -> Counter[str]:
    """Stripe's answers are lost, and whoever sends is killed before or after the call; how often."""
    met: Counter[str] = Counter()
    really_transfer, really_record = payments.transfer, jobs.record_sent

    def transfer(**given: Any) -> payments.Transfer:
        fate = dice.random()
        if fate < KILLED / 3:
            met["killed before"] += 1
            raise KilledWorker()
        made = really_transfer(**given)
        if fate > 1 - LOST:
            met["lost"] += 1
            raise payments.PaymentsUnreachable()
        return made

    def record_sent(**given: Any) -> None:
        if dice.random() < KILLED / 3:
            met["killed after"] += 1
            raise KilledWorker()
        really_record(**given)
        if dice.random() < KILLED / 3:
            met["killed booking"] += 1
            raise KilledWorker()

    patch.setattr(payments, "transfer", transfer)
    patch.setattr(jobs, "record_sent", record_sent)
    return met


@pytest.mark.timeout(3600)
def test_no_transfer_is_missing_or_double_whatever_is_lost_or_killed(approved, app, work, clock, monkeypatch):
    dice = Random(720)
    with monkeypatch.context() as patch:
        met = unreliable(patch, dice)
        for number in range(ROUNDS):
            try:
                with app.app_context():
                    in_steps(send_run)(approved, by_hand=True)
            except (KilledWorker, payments.PaymentsUnreachable):
                pass
            # After the third try the keys are older than Stripe keeps them.
            clock.advance(hours=25) if number % 7 == 3 else clock.advance(minutes=3)
            with work():
                if db.session.get_one(PayoutRun, approved).status == "done":
                    break
    assert met["lost"] > EDITORS // 8 and sum(met.values()) > met["lost"]
    with work():
        payouts = db.session.scalars(select(Payout).order_by(Payout.id)).all()
        assert [str(one.status) for one in payouts] == ["sent"] * EDITORS
        ours = sorted((one.transfer_id or "", one.amount_minor) for one in payouts)
        booked = text(
            "SELECT count(*), sum(amount_minor) FROM ledger_legs JOIN ledger_entries e ON e.id = entry_id "
            "WHERE e.kind = 'paid_out' AND side = 'credit'"
        )
        total = db.session.scalar(select(func.sum(Payout.amount_minor)))
        assert tuple(db.session.execute(booked).one()) == (EDITORS, total)
    with app.app_context(), opened() as store:
        theirs = sorted((one.id, one.body["amount"]) for one in store.find("transfer"))
    assert theirs == ours
    # No message was let in meanwhile: the first look takes them in, and nothing else differs.
    first, second = (
        app.test_cli_runner().invoke(args=["payments", "reconcile", "--days", "400"]) for _ in range(2)
    )
    assert all(line.startswith("event ") for line in first.output.splitlines() if " (not ours): " in line)
    assert (second.exit_code, second.output.splitlines()[-1]) == (0, "0 difference(s) in the last 400 days")

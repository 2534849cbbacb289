"""What goes into a run: up to which day, and who is left out of it and why."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.payouts import errors, locks
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.giving_back import leave_out, send_back
from commissions.payouts.models import Payout, PayoutRun
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from foundation.states import IllegalMove
from tests.commissions.conftest import ready_payee
from tests.commissions.sales import (
    TESTS,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
    window_link,
)
from tests.editors.conftest import make_editor
from tests.races import PATIENCE, at_once, meeting, read_without_lock

TEN = Money(1000, "EUR")


def prepared(shop, until=None) -> dict[int, int]:
    """A run by Sara: what each editor is to get."""
    run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=TEN, until=until)
    found = db.session.scalars(select(Payout).where(Payout.run_id == run.id))
    return {one.editor_id: one.amount_minor for one in found}


def another_sale(shop, work, clock, code: str) -> int:
    """The same sale once more, payable by the link of `code`; its order."""
    with work():
        click(code, "visit-2", b"w" * 16)
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-2")
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    return order


def test_what_became_payable_after_the_day_waits_for_the_next_run(shop, owed, work, clock):
    clock.advance(days=1)
    cut = shop_clock.now()
    another_sale(shop, work, clock, shop.code)
    with work():
        assert prepared(shop, cut) == {shop.editor_id: 1867}
        run = db.session.scalars(select(PayoutRun)).one()
        assert (run.until, run.prepared_at > cut) == (cut, True)
        assert verify().ok
        send_back(actor=TESTS, run_id=run.id, reason="All of it.")
        assert prepared(shop) == {shop.editor_id: 2 * 1867}


def test_what_was_taken_back_since_is_netted_unless_it_takes_back_what_came_later(shop, owed, work, clock):
    clock.advance(days=1)
    cut = shop_clock.now()
    later = another_sale(shop, work, clock, shop.code)
    with work():
        tell_refunded(later, give_back(later, 3, 3000))
        assert prepared(shop, cut) == {shop.editor_id: 1867}
        send_back(actor=TESTS, run_id=db.session.scalars(select(PayoutRun.id)).one(), reason="Once more.")
        tell_refunded(owed, give_back(owed, 3, 3000))
        netted = prepared(shop, cut)[shop.editor_id]
        assert 1000 < netted < 1867
        assert verify().ok


@pytest.fixture
def nadia(shop, owed, work, clock) -> int:
    """A second editor who is owed as much."""
    with work():
        other = make_editor("Nadia Conti", "nadia")
        ready_payee(other, "acct_demo_2")
        code = window_link(other)
    another_sale(shop, work, clock, code)
    return other


def test_an_editor_is_left_out_with_a_reason_and_paid_by_the_next_run(shop, nadia, work):
    with work():
        both = prepared(shop)
        assert set(both) == {shop.editor_id, nadia}
        first, second = db.session.scalars(select(Payout).order_by(Payout.editor_id))
        with pytest.raises(errors.ReasonMissing):
            leave_out(actor=TESTS, payout_id=first.id, reason=" ")
        leave_out(actor=TESTS, payout_id=first.id, reason="Asked to wait for January.")
        assert (first.status, first.reason, first.left_out_for) == (
            "cancelled", "left_out", "Asked to wait for January."
        )  # fmt: skip
        assert db.session.scalars(select(AuditRow.reason).where(AuditRow.action == "payouts.leave_out")).all()
        with pytest.raises(IllegalMove):
            leave_out(actor=TESTS, payout_id=first.id, reason="Twice.")
        assert verify().ok
    with pytest.raises(errors.LastOfRun), work():
        leave_out(actor=TESTS, payout_id=second.id, reason="And her, too.")
    with work():
        run = db.session.scalars(select(PayoutRun)).one()
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        assert prepared(shop) == {shop.editor_id: both[shop.editor_id]}


@pytest.fixture
def approved() -> threading.Event:
    return threading.Event()


@pytest.fixture
def left_out_while_approved(shop, nadia, app, work, approved):
    """One leaves an editor out while another approves the run: the errors, and what was done, in order."""

    def run() -> tuple[list[type], list[str]]:
        with work():
            prepared(shop)
            run_id = db.session.scalars(select(PayoutRun.id)).one()
            payout_id = db.session.scalars(select(Payout.id).order_by(Payout.id).limit(1)).one()

        def approve() -> None:
            approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run_id)
            db.session.commit()
            approved.set()

        met = at_once(
            app, approve, lambda: leave_out(actor=TESTS, payout_id=payout_id, reason="Wait for January.")
        )
        with work():
            done = ["payouts.approve", "payouts.leave_out"]
            acts = select(AuditRow.action).where(AuditRow.action.in_(done)).order_by(AuditRow.id)
            return [type(error) for error in met], list(db.session.scalars(acts))

    return run


def test_who_is_left_out_at_that_moment_is_not_approved_or_the_run_asks_again(left_out_while_approved, work):
    met, acts = left_out_while_approved()
    assert met == []
    with work():
        run = db.session.scalars(select(PayoutRun)).one()
        standing = set(db.session.scalars(select(Payout.status)))
        assert (acts, str(run.status), standing) in (
            (["payouts.approve", "payouts.leave_out"], "again", {"cancelled", "prepared"}),
            (["payouts.leave_out", "payouts.approve"], "approved", {"cancelled", "approved"}),
        )
        assert verify().ok


def test_without_the_lock_what_was_approved_goes_out_as_something_else(
    left_out_while_approved, approved, work, monkeypatch
):
    """The twin: who leaves out has read that the run waits, and is slow."""
    both = meeting(read_without_lock)

    def late(model, ids):
        found = both(model, ids) if model is PayoutRun else read_without_lock(model, ids)
        if model is Payout:
            assert approved.wait(PATIENCE)
        return found

    monkeypatch.setattr(locks, "lock_rows", late)
    assert left_out_while_approved() == ([], ["payouts.approve", "payouts.leave_out"])
    with work():
        assert db.session.scalars(select(PayoutRun.status)).one() == "approved"


def test_staff_choose_the_day_and_leave_somebody_out_by_the_pages(shop, nadia, client_of, work):
    sara = client_of(shop.sara_id)
    today = shop_clock.today("Europe/Rome")
    wrong = sara.post("/staff/payouts/prepare", data={"until": str(today + timedelta(days=2))})
    assert wrong.status_code == 422 and "That day is still to come." in wrong.text
    for typed, said in (("1900-01-01", "between the years 2000 and 2099"), ("soon", "soon")):
        wrong = sara.post("/staff/payouts/prepare", data={"until": typed})
        assert wrong.status_code == 422 and said in wrong.text and f'value="{typed}"' in wrong.text
    path = sara.post("/staff/payouts/prepare", data={"until": str(today - timedelta(days=5))}).location
    page = sara.get(path).text
    assert "Nadia Conti" not in page and "waits for the next run" in page
    sara.post(f"{path}/send-back", data={"reason": "All of them."})
    path = sara.post("/staff/payouts/prepare", data={"until": ""}).location
    way = re.search(
        rf'href="({path}/leave-out/\d+)" aria-label="Leave out: Nadia Conti"', sara.get(path).text
    )
    assert way is not None
    refused = sara.post(way[1], data={"reason": " "})
    assert refused.status_code == 422 and "Write a few words on why." in refused.text
    assert sara.post(way[1], data={"reason": "Asked to wait."}).status_code == 303
    page = sara.get(path).text
    assert "Not in this run" in page and "Asked to wait." in page and "One editor" in page
    assert sara.get(way[1]).location == path

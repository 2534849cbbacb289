"""What is approved is what is sent: whatever changes before makes the run ask again, and says why."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from commissions.payouts import approving, counting, errors, locks
from commissions.payouts.actions import prepare_run
from commissions.payouts.approvals import Approval, Change
from commissions.payouts.approving import approve_run
from commissions.payouts.giving_back import send_back
from commissions.payouts.jobs import send_run
from commissions.payouts.models import Payout, PayoutRun
from commissions.statements.proof import verify
from foundation import payments
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.models import Message
from foundation.money import Money
from foundation.seen import ChangedMeanwhile
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS, give_back, tell_refunded
from tests.commissions.test_sending import TEN, approved, in_app, state, transfers
from tests.races import at_once, meeting, read_without_lock, without_unique

SMALL, LARGE = Money(1867, "EUR"), Money(1866, "EUR")


def prepared(shop, *, by: int | None = None) -> int:
    run = prepare_run(actor=TESTS, account_id=by or shop.sara_id, currency="EUR", minimum=TEN)
    return run.id


def say_yes(run_id: int, who: int, alone: Money | None = None, seen: str | None = None) -> str:
    verdict = approve_run(actor=TESTS, account_id=who, run_id=run_id, alone=alone, seen=seen)
    return str(verdict)


def changes() -> list[tuple[str, int, int, bool]]:
    found = db.session.scalars(select(Change).order_by(Change.id))
    return [(str(one.kind), one.before_minor, one.after_minor, one.voids) for one in found]


def test_a_refund_after_the_approval_asks_again_with_the_reason_and_goes_out_as_it_is_then(
    shop, owed, at_stripe, app, work
):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    with work():
        tell_refunded(owed, give_back(owed, 3, 3000))
    assert in_app(app, lambda: send_run(run_id)) == 0
    assert (state(work, payout_id), transfers(app)) == (("prepared", None, None), 0)
    with work():
        run = db.session.get_one(PayoutRun, run_id)
        assert (str(run.status), run.approved_by_id, run.approved_minor) == ("again", None, None)
        assert changes() == [("returned", 1867, 1572, True)]
        assert db.session.scalars(select(Approval.voided_at)).one() is not None
        told = db.session.scalars(
            select(Message.recipient).where(Message.subject.contains("asks again"))
        ).all()
        assert told == ["luca@store.test"]
        payout = db.session.get_one(Payout, payout_id)
        assert (payout.amount_minor, payout.approved_minor) == (1572, None)
    assert in_app(app, lambda: send_run(run_id, by_hand=True)) == 0, "nobody has said yes to this"
    with work():
        assert say_yes(run_id, shop.luca_id) == "approved"
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert (state(work, payout_id), transfers(app)) == (("sent", None, None), 1)
    with work():
        assert changes() == [("returned", 1867, 1572, True)]


def test_a_refund_between_the_look_and_the_approval_is_counted_again_and_not_approved(shop, owed, work):
    with work():
        run_id = prepared(shop)
        seen = counting.standing(run_id).digest
    with work():
        tell_refunded(owed, give_back(owed, 3, 3000))
    with work():
        assert say_yes(run_id, shop.luca_id, seen=seen) == "recounted"
        assert changes() == [("returned", 1867, 1572, False)]
        assert db.session.get_one(PayoutRun, run_id).status == "prepared"
    with work(), pytest.raises(ChangedMeanwhile):
        say_yes(run_id, shop.luca_id, seen=seen)
    with work():
        assert say_yes(run_id, shop.luca_id, seen=counting.standing(run_id).digest) == "approved"
        assert verify().ok


def test_up_to_the_limit_one_person_is_enough_and_above_it_never_who_prepared_it(shop, owed, work):
    with work():
        run_id = prepared(shop, by=shop.luca_id)
    with work(), pytest.raises(errors.SamePerson):
        say_yes(run_id, shop.luca_id, LARGE)
    with work():
        assert db.session.scalars(select(func.count()).select_from(Approval)).one() == 0
        assert say_yes(run_id, shop.luca_id, SMALL) == "approved"
        run = db.session.get_one(PayoutRun, run_id)
        assert (run.approved_by_id, run.approved_minor, run.alone_minor) == (shop.luca_id, 1867, 1867)
    with pytest.raises(IntegrityError, match="four_eyes"), work():
        db.session.execute(update(PayoutRun).values(alone_minor=1866))


def test_the_database_refuses_to_send_what_is_not_approved_as_it_stands(shop, owed, work):
    approved(shop, work)
    for wrong in ({"amount_minor": 1868}, {"approved_minor": None}):
        with pytest.raises(IntegrityError, match="ck_payouts_approved"), work():
            db.session.execute(update(Payout).values(wrong))


@pytest.fixture
def of_nobody(shop, owed, work) -> int:
    """A run that no person has prepared: above the limit two have to approve it."""
    with work():
        run_id = prepared(shop)
        db.session.execute(update(PayoutRun).values(prepared_by_id=None))
    return run_id


def test_two_people_who_approve_at_once_set_it_going_once(shop, of_nobody, app, work):
    with work():
        nora = make_staff("Nora", Role.FINANCE)
    assert at_once(app, *[lambda who=who: say_yes(of_nobody, who) for who in (shop.luca_id, nora)]) == []
    with work():
        assert db.session.get_one(PayoutRun, of_nobody).status == "approved"
        assert db.session.scalars(select(func.count()).select_from(Approval)).one() == 2
        sending = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'commissions.send_run'")
        assert db.session.scalar(sending) == 1


def test_without_the_lock_each_waits_for_the_other(shop, of_nobody, app, work, monkeypatch):
    """The twin: both look before either has written."""
    with work():
        nora = make_staff("Nora", Role.FINANCE)
    monkeypatch.setattr(locks, "lock_rows", read_without_lock)
    monkeypatch.setattr(approving, "standing", meeting(counting.standing))
    assert at_once(app, *[lambda who=who: say_yes(of_nobody, who) for who in (shop.luca_id, nora)]) == []
    with work():
        assert db.session.get_one(PayoutRun, of_nobody).status == "prepared"
        assert db.session.scalars(select(func.count()).select_from(Approval)).one() == 2


def pressed_twice(shop, of_nobody, app) -> list[type]:
    return [type(one) for one in at_once(app, *[lambda: say_yes(of_nobody, shop.luca_id)] * 2)]


def test_one_person_who_presses_twice_is_one_person(shop, of_nobody, app, work):
    assert pressed_twice(shop, of_nobody, app) == [errors.ApprovedBefore]
    with work():
        assert db.session.get_one(PayoutRun, of_nobody).status == "prepared"


def test_without_the_constraint_one_person_counts_for_two(shop, of_nobody, app, work):
    """The twin."""
    with without_unique(work, "uq_payout_approvals_standing"):
        assert pressed_twice(shop, of_nobody, app) == []
        with work():
            assert db.session.get_one(PayoutRun, of_nobody).status == "approved"


def test_what_asks_again_is_sent_back_and_given_free(shop, owed, at_stripe, app, work):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)
    with work():
        tell_refunded(owed, give_back(owed, 3, 3000))
    in_app(app, lambda: send_run(run_id))
    with work():
        send_back(actor=TESTS, run_id=run_id, reason="Once more.")
        assert db.session.get_one(PayoutRun, run_id).status == "cancelled"
        assert verify().ok
    assert state(work, payout_id)[0] == "cancelled"
    with work():
        again = prepared(shop)
        assert db.session.scalars(select(Payout.amount_minor).where(Payout.run_id == again)).one() == 1572


def test_an_approval_of_other_amounts_sends_nothing(shop, owed, at_stripe, app, work):
    """The digest beside the amounts: whoever changes rows past the application sends nothing by it."""
    at_stripe(50_000)
    run_id, _ = approved(shop, work)
    with work():
        db.session.execute(update(Payout).values(amount_minor=1900, approved_minor=1900))
    assert in_app(app, lambda: send_run(run_id)) == 0
    assert transfers(app) == 0
    with work():
        assert db.session.get_one(PayoutRun, run_id).status == "again"


def test_a_call_that_is_out_when_the_run_asks_again_is_followed_up_and_no_other_is_made(
    shop, owed, at_stripe, app, work, clock, monkeypatch
):
    at_stripe(50_000)
    run_id, payout_id = approved(shop, work)

    def never_arrives(**_given):
        raise payments.PaymentsUnreachable()

    with monkeypatch.context() as patch:
        patch.setattr(payments, "transfer", never_arrives)
        with pytest.raises(payments.PaymentsUnreachable):
            in_app(app, lambda: send_run(run_id))
    with work():
        db.session.execute(update(Approval).values(voided_at=func.now()))
        db.session.execute(update(PayoutRun).values(status="again", approved_by_id=None, approved_at=None))
    for hours, stands in ((1, "sending"), (30, "prepared")):
        clock.advance(hours=hours)
        assert in_app(app, lambda: send_run(run_id)) == 0
        assert (state(work, payout_id)[0], transfers(app)) == (stands, 0)
    with work():
        assert say_yes(run_id, shop.luca_id) == "approved"
    assert in_app(app, lambda: send_run(run_id)) == 1
    assert (state(work, payout_id)[0], transfers(app)) == ("sent", 1)

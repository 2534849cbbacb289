"""A held sale is not paid out, whoever holds it, until somebody releases it with a reason."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.accruals.holding import hold_sale, release_sale
from commissions.accruals.models import Commission
from commissions.holds import errors
from commissions.holds.models import Hold, HoldReason, HoldSource
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.errors import NothingToPay
from commissions.payouts.models import Payout, PayoutStatus
from commissions.payouts.sending import claim
from commissions.statements.proof import verify
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS, click, give_back, sell, tell_paid, tell_refunded
from tests.races import at_once, without_unique

MINIMUM = Money(500, "EUR")


def hold(order_id: int, editor_id: int, source: HoldSource = HoldSource.STAFF, actor: Actor = TESTS) -> int:
    return hold_sale(
        actor=actor,
        order_id=order_id,
        order_number=db.session.get_one(Order, order_id).number,
        editor_id=editor_id,
        source=source,
        reason=HoldReason.CLICKS,
        words="forty clicks in a minute",
        return_days=30,
    ).id


def release(hold_id: int, actor: Actor = TESTS) -> None:
    release_sale(actor=actor, hold_id=hold_id, reason="the clicks were a newsletter", return_days=30)


def statuses(order_id: int) -> set[str]:
    query = select(Commission.status).where(Commission.order_id == order_id)
    return {str(status) for status in db.session.scalars(query)}


def run_of(shop) -> int:
    return prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=MINIMUM).id


def test_what_is_held_is_in_no_run_and_goes_on_where_it_stood_when_every_hold_is_released(shop, owed, work):
    with work():
        by_hand = hold(owed, shop.editor_id)
        by_rule = hold(owed, shop.editor_id, HoldSource.FRAUD)
    with work():
        assert statuses(owed) == {"held"}
        with pytest.raises(NothingToPay):
            run_of(shop)
        db.session.rollback()
    with work():
        refund = give_back(owed, 2, 8000)
        tell_refunded(owed, refund)
        assert statuses(owed) == {"held", "reversed"}
        with pytest.raises(errors.HeldAlready):
            hold(owed, shop.editor_id)
    with work():
        release(by_hand)
        assert statuses(owed) == {"held", "reversed"}  # the rule's stands
        with pytest.raises(errors.ReleasedBefore):
            release(by_hand)
    with work():
        release(by_rule)
        assert statuses(owed) == {"payable", "reversed"}
        assert verify().ok
        acts = db.session.scalars(select(AuditRow).where(AuditRow.subject_type == "commission_hold"))
        assert [one.reason for one in acts if one.action == "holds.release"] == [
            "the clicks were a newsletter"
        ] * 2
    with work():
        run_of(shop)
        left = db.session.scalar(text("SELECT sum(accrued_minor - reversed_minor) FROM commissions"))
        assert db.session.scalars(select(Payout.amount_minor)).one() == left


def test_a_hold_stops_a_payout_that_is_approved_already(shop, owed, work):
    with work():
        run = run_of(shop)
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run)
    with work():
        hold(owed, shop.editor_id)
    with work():
        payout = db.session.scalars(select(Payout)).one()
        assert claim(actor=TESTS, payout_id=payout.id) is None
        assert payout.status == PayoutStatus.CANCELLED
        assert verify().ok


def test_a_rule_may_hold_a_sale_before_its_commission_is_noted(shop, work, clock):
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        hold(order, shop.editor_id, HoldSource.FRAUD)
    with work():
        tell_paid(order)
        assert statuses(order) == {"held"}
        mature(actor=TESTS)
        assert statuses(order) == {"held"}


def test_nobody_releases_what_they_would_earn_by_and_nothing_paid_is_held(shop, owed, work):
    with work():
        held = hold(owed, shop.editor_id)
        editor_account = db.session.scalar(
            text("SELECT account_id FROM editors WHERE id = :id"), {"id": shop.editor_id}
        )
        with pytest.raises(errors.OwnSale):
            release(held, Actor.staff(int(editor_account or 0), "Giulia"))
        with pytest.raises(errors.NothingToHold):
            hold(owed, shop.editor_id + 999)
        with pytest.raises(errors.WordsForHold):
            release_sale(actor=TESTS, hold_id=held, reason="  ", return_days=30)


def test_of_two_who_hold_a_sale_at_once_one_does(app: Flask, shop, owed, work):
    met = at_once(app, *[lambda: hold(owed, shop.editor_id)] * 2)
    assert [type(error) for error in met] == [errors.HeldAlready]


def test_twin_without_the_constraint_both_hold_it(app: Flask, shop, owed, work):
    with without_unique(work, "uq_commission_holds_open"):
        assert at_once(app, *[lambda: hold(owed, shop.editor_id)] * 2) == []
        with work():
            assert len(db.session.scalars(select(Hold)).all()) == 2


def test_staff_hold_and_release_and_the_editor_reads_what_it_is_about(
    app: Flask, shop, owed, work, client_of, outbox, run_jobs
):
    with work():
        number = db.session.get_one(Order, owed).number
        community = make_staff("Carla", Role.COMMUNITY)
        owner_of = int(
            db.session.scalar(text("SELECT account_id FROM editors WHERE id = :id"), {"id": shop.editor_id})
            or 0
        )
    finance, studio = client_of(shop.luca_id), client_of(owner_of)
    page = finance.get(f"/staff/receipts/{number}").text
    assert f"/staff/holds/order/{number}" in page
    assert client_of(community).get(f"/staff/holds/order/{number}").status_code == 403
    answer = finance.post(
        f"/staff/holds/order/{number}", data={"editor": shop.editor_id, "about": "", "reason": "Look"}
    )
    assert answer.status_code == 422 and "Choose what it is about." in answer.text and "Look" in answer.text
    sent = {"editor": shop.editor_id, "about": "code", "reason": "on a coupon site"}
    assert finance.post(f"/staff/holds/order/{number}", data=sent).status_code == 303
    page = studio.get(f"/studio/orders/{number}").text
    assert "We are looking at where your code was found." in page and "coupon site" not in page
    assert "disputes" not in page
    assert "on a coupon site" in finance.get(f"/staff/receipts/{number}").text
    run_jobs()
    assert any("where your code was found" in letter.text for letter in outbox())
    with work():
        held = db.session.scalars(select(Hold.id)).one()
    assert finance.post(f"/staff/holds/{held}/release", data={"reason": ""}).status_code == 422
    assert finance.post(f"/staff/holds/{held}/release", data={"reason": "settled"}).status_code == 303
    with work():
        assert statuses(owed) == {"payable"}
    assert "let it go on" in studio.get(f"/studio/orders/{number}").text

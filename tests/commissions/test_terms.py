"""A shop with other terms: 14 days to return, links that count for 7, payouts from 25.00."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from commissions.accruals.actions import mature, settle
from commissions.accruals.models import Commission
from commissions.claims.models import Receipt
from commissions.payouts import errors
from foundation import clock as shop_clock
from foundation.db import db
from storefront.orders.models import Order
from tests.commissions.sales import TESTS, click, deliver, sell, tell_delivered, tell_paid
from tests.editors.conftest import make_look
from tests.storefront.goods import shelf


@pytest.fixture
def terms(app, monkeypatch) -> None:
    """Other terms for as long as a test lasts, for the books and for the pages."""
    usual = app.extensions["vetrina.settings"]
    other = replace(usual, return_days=14, attribution_days=7, payout_minimum_minor=2500)
    monkeypatch.setitem(app.extensions, "vetrina.settings", other)
    for name in ("return_days", "attribution_days"):
        monkeypatch.setitem(app.jinja_env.globals, name, getattr(other, name))


def bought(shop, work, clock, minutes: int) -> int:
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=minutes)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        tell_paid(order)
    return order


def test_a_link_counts_for_as_long_as_the_shop_says_and_the_receipt_keeps_it(shop, work, clock, terms):
    order = bought(shop, work, clock, minutes=7 * 24 * 60 + 6)
    with work():
        receipt = db.session.scalars(select(Receipt).where(Receipt.order_id == order)).one()
        assert (receipt.editor_id, receipt.window_days) == (None, 7)


def test_a_commission_waits_for_as_long_as_people_may_return(shop, work, clock, terms):
    order = bought(shop, work, clock, minutes=20)
    with work():
        deliver(order)
        tell_delivered(order)
        delivered = db.session.get_one(Order, order).delivered_at
        assert set(db.session.scalars(select(Commission.due_at))) == {delivered + timedelta(days=14)}
    clock.advance(days=14, minutes=-1)
    with work():
        assert mature(actor=TESTS) == 0
    clock.advance(minutes=1)
    with work():
        assert mature(actor=TESTS) == 3


def test_a_later_change_does_not_move_a_day_that_was_promised(shop, work, clock):
    order = bought(shop, work, clock, minutes=20)
    with work():
        deliver(order)
        tell_delivered(order)
        promised = set(db.session.scalars(select(Commission.due_at)))
    with work():
        settle(actor=TESTS, order_id=order, return_days=60)
        assert set(db.session.scalars(select(Commission.due_at))) == promised
    assert promised == {shop_clock.now() + timedelta(days=30)}


def test_what_is_below_the_shops_minimum_is_carried_on(shop, owed, work, client_of, terms):
    sara = client_of(shop.sara_id)
    assert "€25.00" in sara.get("/staff/payouts").text
    answer = sara.post("/staff/payouts/prepare")
    assert answer.status_code == errors.NothingToPay.status


def test_pages_say_the_terms_of_this_shop(shop, work, client, terms):
    with work():
        shelf("shirt", 3000)
        make_look(shop.editor_id, [shop.product_id])
    pages = {
        path: client.get(path).text
        for path in ("/shop/shirt", "/looks/carry-on-only", "/editors/how-commission-works")
    }
    assert "You have 14 days to send it back" in pages["/shop/shirt"]
    assert "within 14 days" in pages["/looks/carry-on-only"]
    assert "for 7 days" in pages["/editors/how-commission-works"]
    assert not [path for path, page in pages.items() if "30 days" in page or "thirty days" in page]

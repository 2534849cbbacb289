"""Back from the payment page, by its link or by the browser's own button: only what is so is said."""

import pytest

from foundation import payments
from foundation.db import db
from storefront.orders.models import Order
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import Shopper

NOTHING = "Nothing was charged"


@pytest.fixture
def anna(app, work) -> Shopper:
    with work():
        shirt = shelf("shirt", 3000, 2)
    shopper = Shopper(app)
    shopper.add(shirt)
    return shopper


def back_of(shopper: Shopper) -> tuple[str, str]:
    """Order; the payment page, and the address its link back leads to."""
    page = shopper.order().location
    with shopper.app.app_context():
        newest = db.session.query(Order).order_by(Order.id.desc()).limit(1).one()
        return page, "/checkout?back=" + newest.checkout_request["cancel_url"].partition("?back=")[2]


def test_who_did_not_pay_is_told_that_nothing_was_charged(anna):
    _page, back = back_of(anna)
    assert NOTHING in anna.client.get(back).text


def test_who_paid_is_led_to_the_order_also_from_the_page_of_an_earlier_try(anna):
    _first, back = back_of(anna)
    anna.client.get(back)
    page, second = back_of(anna)
    anna.pay(page)
    for address in (back, second):
        answer = anna.client.get(address)
        assert answer.status_code == 303 and answer.location.startswith("/orders/")


def test_a_payment_that_takes_days_leads_to_its_order(anna):
    page, back = back_of(anna)
    anna.pay(page, "later")
    assert anna.client.get(back).location.startswith("/orders/")


def test_without_an_order_of_this_visit_nothing_is_said(app, anna):
    _page, back = back_of(anna)
    assert NOTHING not in anna.client.get("/checkout?back=1").text
    stranger = Shopper(app)
    assert NOTHING not in stranger.client.get("/checkout?back=1").text
    assert NOTHING not in stranger.client.get(back).text


def test_when_stripe_does_not_answer_nothing_is_promised(anna, monkeypatch):
    def silent(**request):
        raise payments.PaymentsUnreachable()

    _page, back = back_of(anna)
    monkeypatch.setattr(payments, "fetch_session", silent)
    answer = anna.client.get(back)
    assert answer.status_code == 200 and NOTHING not in answer.text

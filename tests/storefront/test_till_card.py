"""The customer pays on their own phone: sold when Stripe says so, called off there, never charged twice."""

from __future__ import annotations

import re

import pytest

from foundation import clock, payments
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.payments import reconcile
from foundation.payments.setup import ensure_destinations
from storefront.orders.models import Handover, Order, OrderStatus
from storefront.stock.queries import available
from storefront.till.models import BasketStatus
from stripe_sandbox import shopper
from stripe_sandbox.store import opened as stripe_store
from tests.storefront.goods import on_hand
from tests.storefront.test_places import opened
from tests.storefront.tills import AT, Till, baskets, hung, lies, only_sale


@pytest.fixture
def store(work) -> int:
    with work():
        return opened()


@pytest.fixture
def coat(work, store) -> int:
    with work():
        return hung("coat", 9000, store, 1, on_web=4)


@pytest.fixture
def till(app, desk_of, store, coat) -> Till:
    with app.app_context():
        ensure_destinations(base_url="http://127.0.0.1:8000")
    client = desk_of(Role.STORE)
    client.post(f"{AT}/store", data={"place": store})
    return Till(client, store)


@pytest.fixture
def pay(app, work):
    """The customer pays on the page the till shows."""

    def on_their_phone() -> None:
        with work():
            (basket,) = baskets(BasketStatus.PAYING)
            session_id = str(basket.pay_url).rsplit("/", 1)[-1]
        with app.app_context(), stripe_store() as stripe:
            shopper.pay(stripe, session_id, "card", "anna@example.test", "Anna Moro")

    return on_their_phone


def test_it_is_sold_when_stripe_says_paid_and_not_before(till, coat, store, work, pay, run_jobs):
    till.ring(coat)
    address = till.press("/card").location
    page = till.page(address)
    assert "<svg" in page and "Waits for the card" in page and "€90.00" in page
    with work():
        order = only_sale()
        assert (order.status, order.till_place_id, order.email) == ("awaiting_payment", store, "")
        assert available([coat], place_id=store) == {coat: 0} and available([coat]) == {coat: 4}
    pay()
    assert "Waits for the card" in till.page(f"{address}/state")
    run_jobs()
    state = till.page(f"{address}/state")
    assert "Paid: €90.00" in state and "Next customer" in state and "hx-get" not in state
    with work():
        order = only_sale()
        assert (order.status, order.handover) == (OrderStatus.PAID, Handover.HANDED_OVER)
        assert (lies(coat, store), on_hand(coat)) == (0, 4)
        assert [basket.order_id for basket in baskets(BasketStatus.SOLD)] == [order.id]
    assert "22%" in till.page(f"{AT}/sales/{order.number}/receipt")


def test_asking_stripe_at_once_is_as_good_as_its_message(till, coat, work, pay, run_jobs):
    till.ring(coat)
    address = till.press("/card").location
    pay()
    till.client.post(f"{address}/look")
    assert "Paid: €90.00" in till.page(address)
    run_jobs()
    with work():
        assert len(baskets(BasketStatus.SOLD)) == 1


def test_pressed_twice_it_is_one_order_and_one_page(till, coat, work):
    till.ring(coat)
    fields = till.fields()
    first = till.client.post(f"{AT}/card", data=fields)
    second = till.client.post(f"{AT}/card", data=fields)
    assert first.location == second.location
    with work():
        assert db.session.query(Order).count() == 1


def test_called_off_it_is_closed_at_stripe_and_paid_in_cash(app, till, coat, store, work, run_jobs):
    till.ring(coat)
    address = till.press("/card").location
    page = till.page(address)
    fields = dict(re.findall(r'name="(basket|key)" value="([^"]+)"', page))
    assert till.client.post(f"{address}/call-off", data=fields).location == AT
    with work():
        order = only_sale()
        assert order.status == OrderStatus.CANCELLED
        session_id = str(order.checkout_session_id)
    with app.app_context():
        assert payments.fetch_session(session_id=session_id).status == "expired"
    assert "€90.00" in till.page()
    assert till.cash("100").status_code == 303
    run_jobs()
    with work():
        paid = [one.paid_with for one in db.session.query(Order).filter_by(status="paid")]
        assert paid == ["cash"] and lies(coat, store) == 0
    # Called off a second time from a page that was left open: nothing more happens.
    assert till.client.post(f"{address}/call-off", data=fields).status_code == 303
    with work():
        assert db.session.query(Order).count() == 2


def test_who_was_faster_than_the_calling_off_has_paid_once(till, coat, work, pay, run_jobs):
    till.ring(coat)
    address = till.press("/card").location
    fields = dict(re.findall(r'name="(basket|key)" value="([^"]+)"', till.page(address)))
    pay()
    answer = till.client.post(f"{address}/call-off", data=fields)
    assert answer.location == address
    page = till.page(address)
    assert "nothing was charged twice" in page and "Paid: €90.00" in page
    run_jobs()
    with work():
        assert only_sale().status == OrderStatus.PAID


def test_stripe_out_of_reach_sells_nothing_and_keeps_the_basket(till, coat, work, monkeypatch):
    def unreachable(**_: object) -> None:
        raise payments.PaymentsUnreachable()

    monkeypatch.setattr(payments, "start_checkout", unreachable)
    till.ring(coat)
    answer = till.press("/card")
    assert answer.status_code == 503
    with work():
        assert only_sale().status == OrderStatus.CANCELLED
        assert available([coat], place_id=till.place) == {coat: 1}
        assert baskets(BasketStatus.OPEN)
    monkeypatch.undo()
    assert till.press("/card").status_code == 303


def test_the_next_customer_is_served_while_one_pays(till, coat, work, store, pay, run_jobs):
    with work():
        shirt = hung("shirt", 3000, store)
    till.ring(coat)
    address = till.press("/card").location
    till.ring(shirt)
    page = till.page()
    assert "€30.00" in page and "Waits for the card" in page
    assert till.cash("30").status_code == 303
    pay()
    run_jobs()
    assert "Paid: €90.00" in till.page(address)
    with work():
        assert len(baskets(BasketStatus.SOLD)) == 2


def test_a_payment_page_that_ran_out_can_be_paid_in_another_way(till, coat, work, run_jobs, app):
    till.ring(coat)
    address = till.press("/card").location
    with work():
        session_id = str(only_sale().checkout_session_id)
    with app.app_context():
        payments.cancel_checkout(session_id=session_id)
    run_jobs()
    page = till.page(address)
    assert "The payment page has closed and nothing was charged." in page
    fields = dict(re.findall(r'name="(basket|key)" value="([^"]+)"', page))
    till.client.post(f"{address}/call-off", data=fields)
    assert till.cash("90").status_code == 303


def test_stripe_and_our_books_agree_whatever_was_paid_in_cash(app, till, coat, store, work, pay, run_jobs):
    with work():
        shirt = hung("shirt", 3000, store)
    till.ring(shirt)
    till.cash("30")
    till.ring(coat)
    till.press("/card")
    pay()
    run_jobs()
    with app.app_context():
        assert reconcile.reconcile(since=clock.now().replace(year=2020)) == []

"""An order that costs nothing: placed is paid, Stripe is never asked, and it goes its way like any other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation import clock as shop_clock
from foundation import payments
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.checkout import steps
from storefront.checkout.jobs import follow_payments
from storefront.fulfilment.models import Fulfilment, FulfilmentStatus
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.models import Handover, Order, Refund
from storefront.orders.policy import Totals
from storefront.orders.queries import order_by_number, sale
from storefront.orders.shelves import Shelf, staff_orders
from storefront.promotions.policy import Kind
from storefront.sendbacks import actions as sendbacks
from storefront.sendbacks.actions import Looked
from storefront.sendbacks.models import Way, Why
from storefront.stock.queries import available
from tests.races import at_once, meeting
from tests.storefront.goods import HOUSE, on_hand, piece, place, shelf
from tests.storefront.test_checkout import ANNA, Shopper, killed, only_order
from tests.storefront.test_voucher_pages import text_of, use
from tests.storefront.vouchers import uses, voucher

ALL = "PRESENT"


@pytest.fixture
def anna(app) -> Shopper:
    return Shopper(app)


@pytest.fixture
def shirt(work, monkeypatch) -> int:
    """Three shirts, a voucher that pays for everything, and a Stripe that nobody may ask."""

    def asked(**_request):
        raise AssertionError("Stripe was asked about an order of nothing.")

    for name in ("start_checkout", "fetch_session", "cancel_checkout", "refund"):
        monkeypatch.setattr(payments, name, asked)
    with work():
        voucher(ALL, percent_bps=10_000)
        return shelf("shirt", 3000, 3)


@pytest.fixture
def free_order(anna, shirt) -> str:
    """The address of an order for one shirt that cost nothing."""
    anna.add(shirt)
    use(anna, ALL)
    return anna.order().location


def test_it_is_placed_without_a_payment_page_and_paid_at_once(anna, shirt, work, run_jobs):
    anna.add(shirt)
    use(anna, ALL)
    page = text_of(anna.client.get("/checkout"))
    assert "Place the order" in page and "Order and pay" not in page
    assert "No card is asked for." in page and "at Stripe" not in page
    italian = text_of(anna.client.get("/checkout", headers={"Accept-Language": "it"}))
    assert "Concludi l’ordine" in italian and "Ordina e paga" not in italian
    form = ANNA | anna.form()
    first, second = (anna.client.post("/checkout", data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location and first.location.startswith("/orders/")
    run_jobs()
    with work():
        order = only_order()
        assert (order.status, order.total_minor, order.captured_minor) == ("paid", 0, 0)
        assert order.checkout_session_id is None and order.paid_at is not None
        assert on_hand(shirt) == 2 and available([shirt]) == {shirt: 2}
        assert uses(ALL) == 1
        assert [line.net_minor for line in sale(order.id).lines] == [0]
        (letter,) = latest_messages()
        assert "there is nothing to pay" in letter.text and "your payment" not in letter.text
        assert db.session.get_one(Fulfilment, order.id).status == FulfilmentStatus.WAITING
    assert "Your bag is empty" in anna.bag()
    page = text_of(anna.client.get(first.location))
    assert "Thank you, Anna" in page and "goes back the way it was paid" not in page
    assert anna.client.get(f"{first.location}/receipt.pdf").status_code == 200
    assert "Nothing was charged" not in text_of(anna.client.get("/checkout"))


def test_it_is_called_off_with_its_pieces_and_its_voucher_and_no_money(
    anna, free_order, shirt, work, run_jobs
):
    run_jobs()
    assert "Nothing was charged." in text_of(anna.client.get(free_order))
    anna.client.post(f"{free_order}/cancel")
    anna.client.post(f"{free_order}/cancel")
    run_jobs()
    with work():
        order = only_order()
        assert on_hand(shirt) == 3 and uses(ALL) == 0
        refund = db.session.query(Refund).one()
        assert (refund.amount_minor, refund.status) == (0, "succeeded")
        assert db.session.get_one(Fulfilment, order.id).status == FulfilmentStatus.CANCELLED
        assert staff_orders(Shelf.DONE, "", 1).counts[Shelf.REVIEW] == 0
        assert [one.id for one in staff_orders(Shelf.DONE, "", 1).rows] == [order.id]
        letters = [letter.text for letter in latest_messages()]
        assert len(letters) == 2 and any("Nothing was charged either." in text for text in letters)
    page = text_of(anna.client.get(free_order))
    assert "Your order is called off" in page and "Nothing was charged, so nothing goes back." in page
    assert "Came back to us" not in page


def test_it_is_handed_over_and_a_piece_comes_back_for_nothing(
    anna, free_order, shirt, work, run_jobs, desk_of, clock
):
    run_jobs()
    desk = desk_of(Role.OWNER)
    with work():
        number = only_order().number
        assert staff_orders(Shelf.TO_HAND_OVER, "", 1).total == 1
    page = text_of(desk.get(f"/staff/orders/{number}"))
    assert "Mark it delivered" in page and "there is nothing to give back" in page
    assert "Give money back" not in page
    with work():
        order = order_by_number(number)
        orders.hand_over(actor=HOUSE, order_id=order.id, how=Handover.DELIVERED, reason="courier")
    run_jobs()
    choose_page = text_of(anna.client.get(f"{free_order}/return"))
    assert "no money goes back" in choose_page and "My money back" not in choose_page
    with work():
        order = order_by_number(number)
        (line,) = order.lines
        back = sendbacks.ask(
            actor=HOUSE,
            order_id=order.id,
            chosen={line.id: (1, Why.TOO_SMALL)},
            way=Way.SHIP,
            words="",
            until=shop_clock.now() + timedelta(days=1),
        )
        number_back = back.number
        sendbacks.receive(actor=HOUSE, number=number_back)
        sendbacks.settle(actor=HOUSE, number=number_back, looked={line.id: Looked(1, True)}, reason="fine")
    run_jobs()
    with work():
        assert on_hand(shirt) == 3
        assert db.session.query(Refund).one().amount_minor == 0
        letter = latest_messages()[0]
        assert "They cost you nothing, so nothing goes back." in letter.text
    assert "nothing goes back" in text_of(anna.client.get(f"{free_order}/return/{number_back}"))


def test_a_process_that_dies_before_it_is_paid_loses_nothing(app, anna, shirt, work, monkeypatch, clock):
    anna.add(shirt)
    use(anna, ALL)
    form = ANNA | anna.form()
    for goes_on in ("press", "job"):
        with monkeypatch.context() as patch:
            patch.setattr(steps, "_take_nothing", killed)
            with pytest.raises(KeyboardInterrupt):
                anna.client.post("/checkout", data=form)
        with work():
            assert only_order().status == "awaiting_payment" and on_hand(shirt) == 3
        if goes_on == "press":
            continue
        clock.advance(minutes=4)
        with app.app_context():
            follow_payments()
        with work():
            assert only_order().status == "paid" and on_hand(shirt) == 2
    assert anna.client.post("/checkout", data=form).location.startswith("/orders/")


def test_less_than_the_payment_page_takes_is_said_with_what_to_do(anna, shirt, work):
    with work():
        voucher("NEARLY", kind=Kind.AMOUNT, amount_minor=2970)
    anna.add(shirt)
    use(anna, "NEARLY")
    answer = anna.order()
    assert answer.status_code == 409
    said = text_of(answer)
    assert "Less than €0.50 cannot be paid online." in said and "in a minute" not in said
    with work():
        assert db.session.query(Order).count() == 0 and uses("NEARLY") == 0


def free(shirt: int) -> int:
    nothing = Totals(goods_minor=3000, shipping_minor=0, net_minor=0, currency="EUR", discount_minor=3000)
    return place([piece(shirt, 3000)._replace(discount_minor=3000)], totals=nothing).order_id


@pytest.fixture
def taken_twice(app, work, shirt):
    """The second press and the job that goes on meet: how many shirts are left of three."""

    def run() -> int:
        with work():
            order_id = free(shirt)

        def take() -> None:
            paying.take_nothing(actor=HOUSE, order_id=order_id)

        assert at_once(app, take, take) == []
        with work():
            return on_hand(shirt)

    return run


def test_taken_by_two_at_once_it_is_sold_once(taken_twice):
    assert taken_twice() == 2


def test_without_the_lock_it_is_sold_twice(taken_twice, monkeypatch):
    """The twin."""

    def unlocked(*conditions):
        return db.session.query(Order).filter(*conditions).one()

    monkeypatch.setattr(paying, "locked", meeting(unlocked))
    assert taken_twice() == 1

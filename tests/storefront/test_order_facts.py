"""What orders announce, each at its moment and once."""

import pytest

from foundation import facts
from foundation.mail.queries import latest_messages
from storefront.fulfilment import actions as fulfilment
from storefront.orders import paying
from storefront.orders.facts import (
    DisputeClosed,
    DisputeOpened,
    OrderCancelled,
    OrderPaid,
    OrderPlaced,
    PaidTooLate,
)
from storefront.orders.models import Dispute
from storefront.orders.shelves import Shelf, staff_orders
from tests.storefront.goods import HOUSE, order_now, pay, piece, place, session_of, shelf


@pytest.fixture
def told(monkeypatch) -> list[facts.Fact]:
    heard: list[facts.Fact] = []
    monkeypatch.setattr(facts, "record", heard.append)
    return heard


def of_orders(told: list[facts.Fact]) -> list[type[facts.Fact]]:
    return [type(fact) for fact in told if fact.NAME.startswith("orders.")]


def test_an_order_is_placed_paid_and_disputed(work, told):
    with work():
        order_id = place([piece(shelf("shirt", 3000), 3000)], session_id="cs_1").order_id
        assert of_orders(told) == [OrderPlaced]
        for _ in range(2):
            pay(order_id)
        for state in (Dispute.OPEN, Dispute.OPEN, Dispute.WON, Dispute.OPEN):
            paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{order_id}", state=state)
        assert of_orders(told) == [OrderPlaced, OrderPaid, DisputeOpened, DisputeClosed]
        closed = told[-1]
        assert isinstance(closed, DisputeClosed) and closed.won


def test_a_dispute_first_heard_of_when_it_is_lost_is_closed_all_the_same(work, told):
    with work():
        order_id = place([piece(shelf("shirt", 3000), 3000)], session_id="cs_1").order_id
        pay(order_id)
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{order_id}", state=Dispute.LOST)
        closed = told[-1]
        assert isinstance(closed, DisputeClosed) and not closed.won


def test_an_order_that_is_not_placed_tells_nothing(work, told):
    with work():
        shirts = [piece(shelf("shirt", 3000), 3000)]
        place(shirts, form_key="same")
        told.clear()
        with pytest.raises(AssertionError):
            place(shirts, form_key="same")
        assert told == []


def test_what_is_called_off_after_it_was_paid_is_cancelled(work, told):
    with work():
        order_id = place([piece(shelf("shirt", 3000), 3000)], session_id="cs_1").order_id
        pay(order_id)
        fulfilment.begin(order_id=order_id)
        told.clear()
        for _ in range(2):
            fulfilment.cancel(actor=HOUSE, order_id=order_id)
        assert of_orders(told) == [OrderCancelled]


def test_money_that_comes_too_late_is_told_to_the_shopper_and_listed_for_staff(work, told):
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        ended = session_of(order_now(placed.order_id), status="expired", payment_status="unpaid")
        paying.sync_checkout(actor=HOUSE, session=ended)
        unpaid = [one.id for one in staff_orders(Shelf.ENDED, "", 1).rows]
        place([piece(shirt, 3000)])
        for _ in range(2):
            pay(placed.order_id)
        assert of_orders(told).count(PaidTooLate) == 1
        assert [letter.subject for letter in latest_messages()] == [
            f"Your payment for order {placed.number} came too late"
        ]
        late = staff_orders(Shelf.TOO_LATE, "", 1)
        assert [one.id for one in late.rows] == [placed.order_id] == unpaid
        assert (late.counts[Shelf.TOO_LATE], late.counts[Shelf.ENDED]) == (1, 0)

"""The orders of somebody who is signed in, on the page of their account."""

import pytest
from sqlalchemy import select

from foundation.accounts.facts import EmailChanged
from foundation.accounts.models import Account
from foundation.db import db
from storefront.fulfilment.models import FulfilmentStatus
from storefront.orders import actions as orders
from storefront.orders.models import Delivery, Handover, Order, OrderLine, RefundStatus
from storefront.orders.owned import PAGE_SIZE
from storefront.orders.reactions import on_email_changed
from storefront.returns.actions import request_refund
from tests.storefront.goods import HOUSE, order_now, pay, piece, place, shelf
from tests.storefront.parcels import go


def test_the_account_lists_the_orders_that_were_placed_while_signed_in(account, client_of, work):
    with work():
        shirt = shelf("shirt", 3000)
        place([piece(shirt, 3000)], account_id=account)
        place([piece(shirt, 3000)])
    with work():
        mine, foreign = db.session.scalars(select(Order).order_by(Order.id)).all()
        number, token, other = mine.number, mine.token, foreign.number
    page = client_of(account).get("/account/").text
    assert number in page
    assert f'href="/orders/{token}"' in page
    assert "Waits for payment" in page
    assert other not in page


def test_each_order_shows_its_pieces_and_says_how_many_more_there_are(account, client_of, work):
    with work():
        kinds = [shelf(f"piece-{number}", 3000) for number in range(6)]
        place([piece(kind, 3000) for kind in kinds], account_id=account)
    page = client_of(account).get("/account/").text
    assert page.count('<div class="plate">') == 4
    assert "and 2 more pieces" in page


def test_twenty_one_orders_fill_two_pages_and_a_page_after_the_last_is_the_last(account, client_of, work):
    with work():
        shirt = shelf("shirt", 3000, 50)
        for number in range(PAGE_SIZE + 1):
            pay(place([piece(shirt, 3000)], session_id=f"cs_{number}", account_id=account).order_id)
    with work():
        numbers = db.session.scalars(select(Order.number).order_by(Order.id)).all()
    first, second = (client_of(account).get(f"/account/?page={page}").text for page in (1, 2))
    assert numbers[0] not in first
    assert all(number in first for number in numbers[1:])
    assert numbers[0] in second
    assert numbers[1] not in second
    assert "Page 2 of 2" in second
    assert numbers[0] in client_of(account).get("/account/?page=99").text


def test_the_list_costs_as_many_statements_for_twenty_orders_as_for_one(account, client_of, work, statements):
    browser = client_of(account)

    def cost() -> int:
        with statements() as seen:
            assert browser.get("/account/").status_code == 200
        return seen.count

    with work():
        shelves = [shelf(f"piece-{number}", 3000, 50) for number in range(4)]
        pay(place([piece(shelves[0], 3000)], session_id="cs_0", account_id=account).order_id)
    browser.get("/account/")
    one = cost()
    with work():
        for number in range(1, PAGE_SIZE):
            placed = place(
                [piece(shelves[number % 4], 3000), piece(shelves[(number + 1) % 4], 3000)],
                session_id=f"cs_{number}",
                account_id=account,
            )
            pay(placed.order_id)
    assert cost() == one


@pytest.mark.parametrize(
    ("delivery", "steps", "word", "headline"),
    [
        (Delivery.DOOR, (), "Paid", "Thank you, Anna"),
        (Delivery.DOOR, ("picking",), "Being picked", "We are getting your pieces together"),
        (Delivery.DOOR, ("picking", "packed"), "Packed", "Your pieces are packed"),
        (Delivery.PICKUP, ("picking", "packed", "ready"), "Ready to collect", "It lies ready for you"),
    ],
)
def test_list_and_page_say_how_far_the_pieces_are(account, client_of, work, delivery, steps, word, headline):
    with work():
        shirt = shelf("shirt", 3000)
        placed = place([piece(shirt, 3000)], session_id="cs_1", account_id=account, delivery=delivery)
        pay(placed.order_id)
        go(placed.order_id, *map(FulfilmentStatus, steps))
        token = db.session.get_one(Order, placed.order_id).token
    browser = client_of(account)
    assert word in browser.get("/account/").text
    page = browser.get(f"/orders/{token}").text
    assert word in page
    assert headline in page


def test_what_is_with_somebody_says_until_when_it_can_come_back_and_then_that_it_cannot(
    account, client_of, work, clock
):
    with work():
        placed = place([piece(shelf("shirt", 3000), 3000)], session_id="cs_1", account_id=account)
        pay(placed.order_id)
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="here")
    browser = client_of(account)
    assert "You can send back any piece until" in browser.get("/account/").text
    clock.advance(days=31)
    page = browser.get("/account/").text
    assert "The time to send something back ended on" in page
    assert "You can send back any piece until" not in page


def test_the_list_says_what_of_an_order_was_given_back(account, client_of, work):
    with work():
        placed = place([piece(shelf("shirt", 3000), 3000, 2)], session_id="cs_1", account_id=account)
        pay(placed.order_id)
        line = db.session.scalars(select(OrderLine.id)).one()
        refund = request_refund(
            actor=HOUSE,
            order_id=placed.order_id,
            chosen={line: 1},
            with_delivery=False,
            restock=set(),
            reason="too small",
        )
        refund.status = RefundStatus.SUCCEEDED
    assert "€30.00 back to you" in client_of(account).get("/account/").text


def test_an_account_without_orders_says_what_will_stand_there(account, client_of):
    page = client_of(account).get("/account/").text
    assert "Nothing yet. What you order while you are signed in stands here" in page
    assert 'href="/shop"' in page


def test_letters_about_orders_follow_a_new_address_and_a_guest_s_order_keeps_its_own(work, account, shirt):
    with work():
        mine = place([piece(shirt, 3000)], account_id=account).order_id
        guests = place([piece(shirt, 3000)]).order_id
        db.session.get_one(Account, account).email = "anna.rossi@example.test"
    for _twice in range(2):
        with work():
            on_email_changed(EmailChanged(account_id=account))
    with work():
        assert order_now(mine).email == "anna.rossi@example.test"
        assert order_now(guests).email == "anna@example.test"

"""The orders of somebody who is signed in, on the page of their account."""

from sqlalchemy import select

from foundation.db import db
from storefront.orders.models import Order
from tests.storefront.goods import piece, place, shelf


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


def test_an_account_without_orders_says_what_will_stand_there(account, client_of):
    page = client_of(account).get("/account/").text
    assert "Nothing yet. What you order while you are signed in stands here" in page
    assert 'href="/shop"' in page

"""What a shopper can do from the page of an order once it is paid: keep its receipt, buy it again."""

import pytest
from sqlalchemy import select

from foundation.db import db
from storefront.catalog.models import Product, ProductStatus
from storefront.orders.models import Order, OrderLine, RefundStatus
from storefront.returns.actions import request_refund
from tests.paper import letters_on
from tests.storefront.goods import HOUSE, pay, piece, place, shelf


@pytest.fixture
def order(work) -> Order:
    """Two shirts and a scarf, paid for."""
    with work():
        shirt, scarf = shelf("shirt", 3000), shelf("scarf", 1900, 3)
        placed = place([piece(shirt, 3000, 2), piece(scarf, 1900)], session_id="cs_1")
        pay(placed.order_id)
        found = db.session.get_one(Order, placed.order_id)
        db.session.expunge(found)
    return found


def test_the_receipt_is_a_pdf_for_whoever_has_the_address_and_kept_by_nobody_on_the_way(client, order):
    answer = client.get(f"/orders/{order.token}/receipt.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert set("V100€79.22%") <= letters_on(answer.data)
    assert f'href="/orders/{order.token}/receipt.pdf"' in client.get(f"/orders/{order.token}").text


def test_what_is_not_paid_has_no_receipt(client, work):
    with work():
        token = place([piece(shelf("shirt", 3000), 3000)]).token
    answer = client.get(f"/orders/{token}/receipt.pdf")
    assert answer.status_code == 409
    assert "has not been paid" in answer.text
    assert "receipt.pdf" not in client.get(f"/orders/{token}").text


def test_what_went_back_stands_below_the_sum(client, work, order):
    with work():
        line = db.session.scalars(select(OrderLine.id).where(OrderLine.unit_price_minor == 1900)).one()
        refund = request_refund(
            actor=HOUSE,
            order_id=order.id,
            chosen={line: 1},
            with_delivery=False,
            restock=set(),
            reason="too long",
        )
        refund.status = RefundStatus.SUCCEEDED
    page = client.get(f"/orders/{order.token}").text
    assert "−€19.00" in page
    assert "Given back on" in page
    assert "Paid in the end" in page
    assert "€60.00" in page
    assert client.get(f"/orders/{order.token}/receipt.pdf").status_code == 200


def test_buying_again_puts_in_what_there_is_and_names_what_is_gone_or_sold_out(client, work, order):
    with work():
        db.session.scalars(
            select(Product).where(Product.handle == "scarf")
        ).one().status = ProductStatus.ARCHIVED
    answer = client.post(f"/orders/{order.token}/again", follow_redirects=True)
    assert "Shirt, white, M is no longer in the shop." in answer.text
    assert answer.request.path == "/cart"
    again = client.post(f"/orders/{order.token}/again", follow_redirects=True)
    assert "Only 1 more of Shirt" in again.text


def test_an_order_none_of_whose_pieces_is_sold_any_more_is_not_offered_again(client, work, order):
    assert f'action="/orders/{order.token}/again"' in client.get(f"/orders/{order.token}").text
    with work():
        for product in db.session.scalars(select(Product)):
            product.status = ProductStatus.ARCHIVED
    page = client.get(f"/orders/{order.token}").text
    assert f'action="/orders/{order.token}/again"' not in page
    assert 'href="/shop/shirt"' not in page

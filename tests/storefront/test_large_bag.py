"""A bag of five hundred different pieces: the most there may be."""

import re

import pytest
from sqlalchemy import func, select

from foundation.db import db
from storefront.cart.errors import BagFull
from storefront.cart.models import CartLine
from storefront.cart.policy import MOST_LINES, Choice
from storefront.catalog.models import Variant
from storefront.checkout.pricing import STRIPE_TAKES
from storefront.orders.models import Order
from tests.storefront.goods import shelf
from tests.storefront.test_cart import put
from tests.storefront.test_checkout import ANNA, Shopper


@pytest.fixture
def full(app, work) -> Shopper:
    """Somebody whose bag is full, and one shirt too many for it on the shelf."""
    shopper = Shopper(app)
    with work():
        sock = shelf("sock", 900, sizes=["M", *map(str, range(1, MOST_LINES))])
        shelf("shirt", 3000)
    shopper.add(sock)
    with work():
        socks = db.session.scalars(select(Variant.id).where(Variant.price_minor == 900, Variant.id != sock))
        put(*map(Choice, socks.all()), visit=db.session.scalars(select(CartLine)).one().visit_id)
    return shopper


def test_it_opens_and_one_more_is_refused_in_words(full, work, statements):
    with statements() as seen:
        page = full.bag()
    assert seen.count <= 6
    assert page.count(">Save for later<") == MOST_LINES
    assert re.search(r'href="#sum">To the sum, €[\d,.]+<', page) and 'id="sum"' in page
    with work():
        shirt = db.session.scalars(select(Variant.id).where(Variant.price_minor == 3000)).one()
        visit = db.session.scalars(select(CartLine)).first().visit_id
    refused = full.add(shirt)
    assert refused.status_code == 422
    assert "A bag holds 500 different pieces." in refused.text
    with work():
        assert db.session.scalar(select(func.count()).select_from(CartLine)) == MOST_LINES
        with pytest.raises(BagFull):
            put(Choice(shirt), visit=visit)


def test_it_is_ordered_in_as_few_statements_and_stripe_hears_a_hundred_lines(full, work, statements):
    form = ANNA | full.form()
    with statements() as seen:
        answer = full.client.post("/checkout", data=form)
    assert answer.status_code == 303
    ours = [sql for sql in seen.sql if "sandbox_" not in sql]
    assert len(ours) <= 12, ours
    with work():
        order = db.session.scalars(select(Order)).one()
        asked = order.checkout_request["lines"]
        assert order.total_minor == 900 * MOST_LINES
        assert len(asked) == STRIPE_TAKES
        assert sum(line["unit_minor"] * line["quantity"] for line in asked) == order.total_minor
        assert asked[-1]["name"] == "401 more pieces, as named in your order"

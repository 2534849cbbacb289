"""Stripe takes the call and never answers: checkout gives up in time, and nobody else notices."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from foundation.db import db
from storefront.orders.models import Order, OrderStatus
from storefront.stock.queries import available
from tests.payments.test_unreachable import server, speaking_to
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import ANNA, Shopper

# The real one is eight seconds; checkout may spend it once, whatever it has to ask.
DEADLINE_SECONDS = 2.0


@pytest.mark.parametrize("tried_before", [False, True])
def test_checkout_gives_up_in_time_with_the_bag_kept_and_the_shop_open(app, work, tried_before):
    with work():
        coat = shelf("coat", 9000, 1)
    anna, ben = Shopper(app), Shopper(app)
    anna.add(coat)
    if tried_before:
        assert anna.order().status_code == 303
    form = ANNA | anna.form()
    with server(None) as address, speaking_to(app, address, DEADLINE_SECONDS), ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        pressed = pool.submit(anna.client.post, "/checkout", data=form)
        pages = [ben.client.get(path).status_code for path in ("/", "/shop", "/shop/coat", "/cart")]
        answer = pressed.result()
        took = time.monotonic() - began
    assert pages == [200] * 4
    assert answer.status_code == 503
    assert "nothing was charged" in answer.get_data(as_text=True)
    assert took < 2 * DEADLINE_SECONDS
    assert "Coat" in anna.bag() and "Sold out" not in anna.bag()
    again = anna.order()
    assert again.status_code == 303
    anna.pay(again.location)
    assert anna.come_back(again.location).location.startswith("/orders/")
    with work():
        assert db.session.query(Order).filter_by(status=OrderStatus.PAID).count() == 1
        assert available([coat]) == {coat: 0}

"""Exchanges at the same moment: races, each with a twin that takes the protection away."""

import pytest

from foundation.db import db
from foundation.states import IllegalMove
from storefront.exchanges import actions as exchanges
from storefront.exchanges.errors import JustGone
from storefront.exchanges.models import Exchange
from storefront.orders.errors import MoreThanPaid
from storefront.orders.models import Refund
from storefront.returns import actions as returns
from storefront.sendbacks import actions as sendbacks
from storefront.sendbacks.errors import MoreThanLeft
from storefront.sendbacks.models import Sendback
from tests.races import at_once, meeting
from tests.storefront import test_exchanges
from tests.storefront.goods import HOUSE, on_hand, order_now
from tests.storefront.test_exchanges import ask, line_of, order_of, settle, the_exchange

sizes, bought = test_exchanges.sizes, test_exchanges.bought


def test_an_exchange_and_a_refund_of_the_same_piece_at_once_one_of_them_wins(app, work, sizes, bought):
    met = at_once(app, lambda: ask(bought, sizes["S"]), lambda: refund_all(bought))
    with work():
        count = db.session.query(Exchange).count() + db.session.query(Refund).count()
        assert ([type(error) in (MoreThanLeft, MoreThanPaid) for error in met], count) == ([True], 1)


def refund_all(order_id: int) -> None:
    returns.request_refund(
        actor=HOUSE,
        order_id=order_id,
        chosen={line_of(order_id): 1},
        with_delivery=False,
        restock=True,
        reason="asked at the counter",
    )


def test_without_the_orders_lock_the_piece_is_exchanged_and_paid_back(app, work, sizes, bought, monkeypatch):
    both = meeting(returns.returnables)
    for module in (returns, sendbacks):
        monkeypatch.setattr(module, "locked", lambda *_: order_now(bought))
        monkeypatch.setattr(module, "returnables", both)
    assert at_once(app, lambda: ask(bought, sizes["S"]), lambda: refund_all(bought)) == []
    with work():
        assert (db.session.query(Exchange).count(), db.session.query(Refund).count()) == (1, 1)


def test_asking_twice_at_once_is_one_exchange(app, work, sizes, bought):
    met = at_once(app, lambda: ask(bought, sizes["S"]), lambda: ask(bought, sizes["XL"]))
    with work():
        assert ([type(error) for error in met], db.session.query(Exchange).count()) == ([MoreThanLeft], 1)


def test_without_the_lock_one_piece_is_exchanged_for_two(app, work, sizes, bought, monkeypatch):
    monkeypatch.setattr(sendbacks, "locked", lambda *_: order_now(bought))
    monkeypatch.setattr(sendbacks, "returnables", meeting(sendbacks.returnables))
    assert at_once(app, lambda: ask(bought, sizes["S"]), lambda: ask(bought, sizes["XL"])) == []
    with work():
        assert db.session.query(Exchange).count() == 2


@pytest.fixture
def two_want_the_last(work, sizes):
    """Two shoppers with an M each, and one S left."""
    first, second = order_of(work, sizes["M"]), order_of(work, sizes["M"], 1, off=1)
    order_of(work, sizes["S"])
    return first, second


def test_the_last_piece_wanted_by_two_exchanges_goes_to_one(app, work, sizes, two_want_the_last):
    met = at_once(app, *[lambda order=order: ask(order, sizes["S"]) for order in two_want_the_last])
    with work():
        assert ([type(error) for error in met], db.session.query(Exchange).count()) == ([JustGone], 1)
        assert db.session.query(Sendback).count() == 1


def test_without_the_shelfs_lock_the_last_piece_is_promised_twice(
    app, work, sizes, two_want_the_last, monkeypatch
):
    monkeypatch.setattr(exchanges.stock, "lock_variants", lambda wanted: None)
    monkeypatch.setattr(exchanges, "keep", meeting(exchanges.keep))
    assert at_once(app, *[lambda order=order: ask(order, sizes["S"]) for order in two_want_the_last]) == []
    with work():
        assert db.session.query(Exchange).count() == 2


def test_settling_twice_at_once_exchanges_once(app, work, sizes, bought):
    with work():
        number = ask(bought, sizes["S"]).number
        sendbacks.receive(actor=HOUSE, number=number)
    met = at_once(app, *[lambda: settle(number, bought)] * 2)
    with work():
        assert [type(error) for error in met] == [IllegalMove]
        assert (on_hand(sizes["M"]), on_hand(sizes["S"])) == (2, 1)


def test_without_the_orders_lock_one_exchange_takes_two_from_the_shelf(app, work, sizes, bought):
    """The twin: both have read that it is open before either has written."""
    with work():
        ask(bought, sizes["S"])
    read = meeting(lambda: (order_now(bought), the_exchange()))

    def approve() -> None:
        order, one = read()
        exchanges.approve(actor=HOUSE, order=order, one=one, restock=True, reason="looked at")

    assert at_once(app, approve, approve) == []
    with work():
        assert (on_hand(sizes["M"]), on_hand(sizes["S"])) == (3, 0)

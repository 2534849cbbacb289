"""Promotions without a code: they count by themselves, and the shopper gets the most."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.orders.models import Order
from storefront.promotions.models import VoucherUse
from storefront.promotions.policy import Kind, Line, Terms, Way, Why, best_quote, quote
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import Shopper
from tests.storefront.vouchers import uses, voucher

NOW = shop_clock.now()
COAT = Line(1, "coats", 10_000, 1)


def terms(number: int, bps: int, *, way: Way = Way.OFFERED, together: bool = False, **more) -> Terms:
    code = f"{way.upper()}{number}"
    return Terms(number, code, Kind.PERCENT, bps, way=way, stackable=together, **more)


def off(*vouchers: Terms) -> int:
    return best_quote(vouchers, [COAT], now=NOW).goods_minor


def test_an_offer_counts_without_anything_typed():
    assert off(terms(1, 1000)) == 1000


def test_of_two_offers_that_do_not_go_together_the_better_one_counts():
    assert off(terms(1, 1000), terms(2, 2000)) == 2000


def test_offers_that_go_together_count_together():
    assert off(terms(1, 1000, together=True), terms(2, 2000, together=True)) == 2800


def test_a_typed_voucher_counts_beside_an_offer_when_both_go_together():
    assert off(terms(1, 1000, way=Way.TYPED, together=True), terms(2, 2000, together=True)) == 2800


def test_a_typed_voucher_that_gives_less_waits_unused_and_says_so():
    quoted = best_quote([terms(1, 1000, way=Way.TYPED), terms(2, 2000)], [COAT], now=NOW)
    assert quoted.goods_minor == 2000
    assert [(one.terms.code, one.why) for one in quoted.held] == [("TYPED1", Why.LESS)]
    assert [one.terms.code for one in quoted.given] == ["OFFERED2"]


def test_a_typed_voucher_that_gives_more_counts_instead_of_the_offer():
    quoted = best_quote([terms(1, 3000, way=Way.TYPED), terms(2, 2000)], [COAT], now=NOW)
    assert (quoted.goods_minor, quoted.held) == (3000, ())


def test_an_offer_says_what_is_missing_and_nothing_else():
    near = best_quote([terms(1, 1000, minimum_minor=12_000)], [COAT], now=NOW)
    assert [(one.why, one.missing_minor) for one in near.held] == [(Why.MINIMUM, 2000)]
    over = best_quote([terms(1, 1000, total_limit=1, uses=1)], [COAT], now=NOW)
    assert (over.goods_minor, over.held) == (0, ())


@given(
    st.lists(st.tuples(st.integers(100, 9000), st.booleans(), st.sampled_from(list(Way))), max_size=4),
    st.integers(1, 50_000),
)
def test_nobody_gets_less_than_by_what_they_typed_alone(some, price):
    line = Line(1, "coats", price, 1)
    vouchers = [terms(n, bps, way=way, together=yes) for n, (bps, yes, way) in enumerate(some, 1)]
    typed = [one for one in vouchers if one.way == Way.TYPED]
    best = best_quote(vouchers, [line], now=NOW)
    assert best.goods_minor >= quote(typed, [line], now=NOW).goods_minor
    assert 0 <= best.goods_minor <= price
    assert sum(sum(one.lines) for one in best.given) == best.goods_minor


@pytest.fixture
def anna(app) -> Shopper:
    return Shopper(app)


def test_it_stands_in_the_bag_on_the_order_and_is_counted(anna, work):
    with work():
        shirt = shelf("shirt", 10_000)
        voucher("AUTUMN10", way=Way.OFFERED)
    anna.add(shirt)
    page = anna.bag()
    assert "Offer AUTUMN10" in page
    assert "Take away the voucher AUTUMN10" not in page
    assert "Offer AUTUMN10" in anna.client.get("/checkout").text
    assert anna.order().status_code == 303
    with work():
        order = db.session.query(Order).one()
        assert (order.total_minor, order.voucher_codes) == (9000, ["AUTUMN10"])
        assert db.session.query(VoucherUse).one().goods_minor == 1000
        assert uses("AUTUMN10") == 1


def test_one_that_ends_while_somebody_fills_in_the_form_is_told_and_nothing_is_ordered(anna, work, clock):
    with work():
        shirt = shelf("shirt", 10_000)
        voucher("AUTUMN10", way=Way.OFFERED, ends_at=shop_clock.now() + timedelta(minutes=10))
    anna.add(shirt)
    anna.bag()
    form = anna.form()
    clock.advance(minutes=11)
    answer = anna.order(**form)
    assert answer.status_code == 409
    assert "€100.00" in answer.text
    with work():
        assert db.session.query(Order).count() == 0


def test_one_whose_last_use_goes_to_somebody_else_is_told_and_the_next_press_orders(app, anna, work):
    with work():
        shirt = shelf("shirt", 10_000)
        voucher("AUTUMN10", way=Way.OFFERED, total_limit=1)
    luca = Shopper(app)
    for shopper in (anna, luca):
        shopper.add(shirt)
        shopper.bag()
    forms = [shopper.form() for shopper in (anna, luca)]
    assert anna.order(**forms[0]).status_code == 303
    assert luca.order(**forms[1]).status_code == 409
    assert luca.order().status_code == 303
    with work():
        assert sorted(order.total_minor for order in db.session.query(Order)) == [9000, 10_000]


def test_typing_its_code_says_that_it_counts_by_itself(anna, work):
    with work():
        shirt = shelf("shirt", 10_000)
        voucher("AUTUMN10", way=Way.OFFERED)
    anna.add(shirt)
    answer = anna.client.post("/cart/vouchers", data={"voucher": "autumn10"})
    assert answer.status_code == 422
    assert "AUTUMN10 counts by itself" in answer.text


def test_what_is_offered_to_everybody_has_no_limit_for_each(desk_of, work):
    olga = desk_of(Role.FINANCE)
    typed = {
        "code": "AUTUMN10",
        "way": "offered",
        "kind": "percent",
        "percent": "10",
        "scope": "everything",
        "person_limit": "1",
        "reason": "Autumn",
    }
    answer = olga.post("/staff/vouchers/new", data=typed)
    assert answer.status_code == 422
    assert "What counts by itself counts for everybody" in answer.text
    assert olga.post("/staff/vouchers/new", data=typed | {"person_limit": ""}).status_code == 303
    assert "by itself" in olga.get("/staff/vouchers").text

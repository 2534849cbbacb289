"""What vouchers take off, against an oracle that shares no code with the shop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.orders.policy import refund_of_pieces, totals_of, units_of
from storefront.promotions.policy import Kind, Line, Scope, Terms, Why, quote, spelled, together, why_not

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINES = [Line(1, "shirts", 5000, 1), Line(2, "coats", 8000, 1), Line(3, "shirts", 3000, 2)]


def percent(bps: int = 1000, number: int = 1, **more: object) -> Terms:
    return Terms(number, f"P{number}", Kind.PERCENT, percent_bps=bps, **more)


def amount(minor: int, number: int = 2, **more: object) -> Terms:
    return Terms(number, f"A{number}", Kind.AMOUNT, amount_minor=minor, **more)


def off(*vouchers: Terms, lines: list[Line] = LINES, **more: object) -> tuple[int, ...]:
    return quote(vouchers, lines, now=NOW, **more).of_lines


def test_ten_percent_of_the_worked_example_is_nineteen_euros_on_its_lines():
    assert off(percent()) == (500, 800, 600)


def test_an_amount_is_spread_by_what_the_lines_cost_the_first_getting_the_odd_cent():
    assert off(amount(1000)) == (263, 421, 316)
    assert off(amount(100), lines=[Line(n, "x", 1000, 1) for n in range(3)]) == (34, 33, 33)


def test_it_takes_off_only_what_it_counts_for():
    assert off(percent(scope=Scope.CATEGORIES, categories=["shirts"])) == (500, 0, 600)
    assert off(amount(9000, scope=Scope.PRODUCTS, product_ids=[2])) == (0, 8000, 0)
    held = quote([percent(scope=Scope.PRODUCTS, product_ids=[9])], LINES, now=NOW).held
    assert [one.why for one in held] == [Why.NOT_COVERED]


def test_a_voucher_on_a_parent_takes_off_what_lies_beneath_it_and_nothing_else():
    bag = [Line(1, "boots", 10_001, 1), Line(2, "shoes", 5000, 1), Line(3, "hats", 3000, 2)]
    bag.append(Line(4, "x", 1, 1))
    shoes = {"scope": Scope.CATEGORIES, "categories": ["shoes"]}
    assert off(percent(**shoes), lines=bag) == (1000, 500, 0, 0), "of 150.01 a tenth is 15.00"
    assert off(amount(50_000, **shoes), lines=bag) == (10_001, 5000, 0, 0), "never more than they cost"
    boots = {"scope": Scope.CATEGORIES, "categories": ["boots", "accessories"]}
    assert off(percent(**boots), lines=bag) == (1000, 0, 600, 0)
    held = quote([percent(minimum_minor=15_002, **shoes)], bag, now=NOW).held
    assert [(one.why, one.missing_minor) for one in held] == [(Why.MINIMUM, 1)], "its minimum, too"


def test_a_minimum_is_measured_on_what_it_counts_for_at_full_price():
    terms = percent(scope=Scope.CATEGORIES, categories=["shirts"], minimum_minor=12_000)
    held = quote([amount(500), terms], LINES, now=NOW).held
    assert [(one.why, one.missing_minor) for one in held] == [(Why.MINIMUM, 1000)]
    assert off(percent(minimum_minor=19_000)) == (500, 800, 600)


def test_of_two_and_one_the_cheapest_of_every_three_is_free():
    offer = Terms(5, "THREE", Kind.PIECES, percent_bps=10_000, buy=2, get=1)
    assert off(offer) == (0, 0, 3000)
    assert off(offer, lines=[Line(1, "x", 1000, 6)]) == (2000,)
    assert quote([offer], LINES[:2], now=NOW).held[0].why == Why.TOO_FEW
    half = Terms(6, "HALF", Kind.PIECES, percent_bps=5000, buy=1, get=1)
    assert off(half, lines=[Line(1, "x", 1001, 1), Line(2, "x", 999, 1)]) == (0, 500)


def test_delivery_is_free_where_there_is_one_to_pay():
    free = Terms(3, "FREE", Kind.DELIVERY)
    assert quote([free], LINES, now=NOW, delivery_minor=690).delivery_minor == 690
    assert quote([free], LINES, now=NOW, delivery_minor=0).held[0].why == Why.NO_DELIVERY
    assert quote([free], LINES, now=NOW).given, "before delivery is chosen it counts"


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"paused": True}, Why.UNKNOWN),
        ({"starts_at": NOW + timedelta(seconds=1)}, Why.NOT_YET),
        ({"ends_at": NOW}, Why.OVER),
        ({"total_limit": 3, "uses": 3}, Why.USED_UP),
        ({"first_order": True}, Why.NOT_FIRST),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(seconds=1), "total_limit": 3, "uses": 2}, None),
    ],
)
def test_why_it_does_not_count(terms, why):
    assert why_not(percent(**terms), NOW, ordered_before=True) == why


def test_the_newest_wins_and_others_stay_only_where_all_go_together():
    alone, one, two = percent(number=1), percent(number=2, stackable=True), percent(number=3, stackable=True)
    assert together([alone, one]) == [1]
    assert together([one, alone, two]) == [2, 3]
    assert together([percent(number=n, stackable=True) for n in range(5)]) == [0, 1, 2]


def test_a_code_is_the_same_in_any_letter_case():
    assert spelled(" spring 10 ") == spelled("Spring10") == "SPRING10"


def largest_remainder(amount: int, weights: list[int]) -> list[int]:
    """The oracle's own: exact shares as fractions, the whole parts, then one cent each by remainder."""
    if not sum(weights):
        return [0] * len(weights)
    exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def oracle(rate: int, minus: int, lines: list[Line]) -> list[int]:
    """First the percentage, then the amount, each on what is left."""
    left = [line.unit_minor * line.quantity for line in lines]
    cents = int(Fraction(sum(left) * rate, 10_000) + Fraction(1, 2))
    left = [rest - part for rest, part in zip(left, largest_remainder(cents, left), strict=True)]
    parts = largest_remainder(min(minus, sum(left)), left)
    return [rest - part for rest, part in zip(left, parts, strict=True)]


lines_of = st.lists(
    st.builds(Line, st.integers(1, 9), st.just("x"), st.integers(1, 90_000), st.integers(1, 9)),
    min_size=1,
    max_size=8,
)


@given(lines_of, st.integers(1, 10_000), st.integers(1, 200_000), st.integers(0, 2000), st.booleans())
def test_every_cent_of_an_order_is_derivable(lines, rate, minus, shipping, free):
    vouchers = [amount(minus, 2), percent(rate, 1)] + ([Terms(3, "FREE", Kind.DELIVERY)] if free else [])
    quoted = quote(vouchers, lines, now=NOW, delivery_minor=shipping)
    paid = oracle(rate, minus, lines)
    gross = [line.unit_minor * line.quantity for line in lines]
    assert [whole - less for whole, less in zip(gross, quoted.of_lines, strict=True)] == paid
    assert sum(one.minor for one in quoted.given) == sum(gross) - sum(paid) + quoted.delivery_minor
    totals = totals_of(
        gross,
        shipping_minor=shipping,
        tax_bps=2200,
        currency="EUR",
        off_lines=quoted.of_lines,
        shipping_off_minor=quoted.delivery_minor,
    )
    assert totals.total_minor == sum(paid) + (0 if free else shipping)
    for line, price in zip(lines, paid, strict=True):
        units = units_of(price, line.quantity)
        assert sum(unit * many for unit, many in units) == price
        assert sum(many for _, many in units) == line.quantity
        assert max(unit for unit, _ in units) - min(unit for unit, _ in units) <= 1


@given(
    st.lists(st.tuples(st.integers(1, 20_000), st.integers(1, 5)), min_size=1, max_size=6),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(100, 10_000),
)
def test_buy_and_get_makes_the_cheapest_cheaper(prices, buy, get, rate):
    lines = [Line(place, "x", unit, many) for place, (unit, many) in enumerate(prices)]
    offer = Terms(1, "OFFER", Kind.PIECES, percent_bps=rate, buy=buy, get=get)
    quoted = quote([offer], lines, now=NOW)
    units = sorted(unit for unit, many in prices for _ in range(many))
    cheapest = sum(units[: len(units) // (buy + get) * get])
    assert quoted.goods_minor == int(Fraction(cheapest * rate, 10_000) + Fraction(1, 2))
    assert all(0 <= part <= line.gross_minor for part, line in zip(quoted.of_lines, lines, strict=True))


@given(st.integers(1, 50_000), st.integers(1, 9), st.data())
def test_pieces_sent_back_give_back_what_was_paid_for_them(paid, bought, data):
    back = data.draw(st.integers(1, bought))
    first = refund_of_pieces(paid_minor=paid, bought=bought, given_back=0, given_back_minor=0, quantity=back)
    rest = 0
    if back < bought:
        rest = refund_of_pieces(
            paid_minor=paid, bought=bought, given_back=back, given_back_minor=first, quantity=bought - back
        )
    assert first + rest == paid

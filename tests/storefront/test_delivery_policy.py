"""What delivery costs, when it arrives, and that every cent of an order can be derived: values alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.cart.queries import Cart, CartLine
from storefront.checkout.pricing import Priced
from storefront.delivery.calendar import easter, works
from storefront.delivery.policy import (
    Arrival,
    Method,
    Taxes,
    read_bands,
    ready_at,
    working_day,
    write_bands,
)
from storefront.places.policy import Hours, read_spans
from storefront.promotions.policy import Kind, Scope, Terms, quote
from storefront.promotions.policy import Line as VoucherLine

ROME = ZoneInfo("Europe/Rome")
HERE = partial(works, "IT")


MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(ROME),
)


def method(**changed) -> Method:
    values = {
        "method_id": 1,
        "name": "Courier",
        "name_it": "Corriere",
        "words": "",
        "words_it": None,
        "standard": True,
        "price_minor": 490,
        "free_from_minor": None,
        "cutoff": 14 * 60,
        "handling_days": 1,
        "days_from": 1,
        "days_to": 2,
        "bands": (),
    }
    return Method(**(values | changed))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2030, (4, 21)), (2038, (4, 25))],
)
def test_easter_falls_where_the_almanac_says(year, sunday):
    assert easter(year) == date(year, *sunday)


def test_a_holiday_here_and_one_there_are_two_calendars():
    assert not works("IT", date(2026, 12, 8)) and works("DE", date(2026, 12, 8))
    assert not works("DE", date(2026, 10, 3)) and not works("IT", date(2026, 4, 6))
    assert not works("XK", date(2026, 12, 25)) and works("XK", date(2026, 8, 17))


@pytest.mark.parametrize(
    ("ordered", "arrives"),
    [
        # Monday before the cut-off leaves on Tuesday, after it on Wednesday.
        (datetime(2026, 11, 23, 13, 59, tzinfo=ROME), ((11, 25), (11, 26))),
        (datetime(2026, 11, 23, 14, 0, tzinfo=ROME), ((11, 26), (11, 27))),
        # Friday afternoon counts as Monday; so does Saturday.
        (datetime(2026, 11, 27, 15, 0, tzinfo=ROME), ((12, 2), (12, 3))),
        (datetime(2026, 11, 28, 9, 0, tzinfo=ROME), ((12, 2), (12, 3))),
        # 8 December is a holiday: nothing leaves and nothing arrives.
        (datetime(2026, 12, 4, 9, 0, tzinfo=ROME), ((12, 9), (12, 10))),
    ],
)
def test_days_are_working_days_from_the_cut_off_on(ordered, arrives):
    first, last = method().days(ordered, HERE, HERE)
    assert (first, last) == tuple(date(2026, *day) for day in arrives)


@given(MOMENTS, st.integers(0, 5), st.integers(0, 9))
def test_nothing_ever_arrives_on_a_day_off_or_before_it_left(ordered, handling, transit):
    one = method(handling_days=handling, days_from=transit, days_to=transit + 2)
    first, last = one.days(ordered, HERE, partial(works, "FR"))
    assert ordered.date() <= first <= last
    if transit:
        assert works("FR", first) and works("FR", last)
    assert works("FR", working_day(ordered.date(), 1, partial(works, "FR")))


def test_free_from_a_sum_and_by_weight_up_to_the_gram():
    assert method(free_from_minor=8000).price(7999, 0) == 490
    assert method(free_from_minor=8000).price(8000, 0) == 0
    heavy = method(bands=((1000, 900), (5000, 1500)))
    assert [heavy.price(0, grams) for grams in (0, 1000, 1001, 5000, 5001)] == [900, 900, 1500, 1500, None]
    assert method(bands=((1000, 900),), free_from_minor=100).price(100, 2000) is None


def test_bands_are_read_as_people_write_them_and_read_back():
    assert read_bands("1 kg: 9.90\n0,5=7\n\n5kg: 15,00", "EUR") == [(500, 700), (1000, 990), (5000, 1500)]
    assert read_bands(write_bands([(500, 700), (1000, 990)], "EUR"), "EUR") == [(500, 700), (1000, 990)]
    for wrong in ("1 kg", "0: 5", "1: 2\n1: 3", "1: -5", "x: 1", "1: 1.234"):
        with pytest.raises(ValueError):
            read_bands(wrong, "EUR")


def test_an_order_lies_ready_after_so_many_minutes_of_opening():
    hours = Hours(dict.fromkeys(range(6), read_spans("10:00-13:00, 15:30-19:30")), {date(2026, 11, 24): ()})

    def ready(day: int, hour: int, minute: int = 0, after: int = 120) -> str | None:
        found = ready_at(hours, datetime(2026, 11, day, hour, minute, tzinfo=ROME), after)
        return found.strftime("%d %H:%M") if found else None

    assert ready(23, 9) == "23 12:00"
    assert ready(23, 12) == "23 16:30", "one hour before the pause, one after it"
    assert ready(23, 9, 30, 37) == "23 10:45", "to the next quarter of an hour"
    assert ready(23, 19, 1, 29) == "23 19:30", "never later than it closes"
    assert ready(23, 19) == "25 11:30", "closed on the 24th by a day of its own"
    assert ready(28, 23) == "30 12:00", "closed on Sundays"
    assert ready(23, 9, after=0) == "23 10:00", "never before it opens"
    assert ready_at(Hours(), datetime(2026, 11, 23, 9, tzinfo=ROME), 60) is None
    spring = ready_at(
        Hours(dict.fromkeys(range(7), read_spans("00:00-24:00"))),
        datetime(2026, 3, 29, 1, 30, tzinfo=ROME),
        120,
    )
    assert spring is not None and spring.astimezone(UTC) - datetime(
        2026, 3, 29, 0, 30, tzinfo=UTC
    ) <= timedelta(hours=2)


CATEGORIES = ("coats", "books", "shoes", "boots", "sandals")
# What lies beneath what, as the oracle knows it.
ABOVE = {"boots": "shoes", "sandals": "shoes"}


@st.composite
def bags(draw):
    """A bag, what vouchers take off it, a way of delivery, and the taxes of its country."""
    lines = draw(
        st.lists(
            st.tuples(st.sampled_from(CATEGORIES), st.integers(1, 30_000), st.integers(1, 9)),
            min_size=1,
            max_size=6,
        )
    )
    vouchers = [
        Terms(1, "P", Kind.PERCENT, percent_bps=draw(st.integers(1, 10_000)), stackable=True),
        Terms(2, "A", Kind.AMOUNT, amount_minor=draw(st.integers(1, 20_000)), stackable=True),
        Terms(3, "D", Kind.DELIVERY, stackable=True),
        Terms(
            *(4, "S", Kind.AMOUNT),
            amount_minor=draw(st.integers(1, 20_000)),
            scope=Scope.CATEGORIES,
            categories=(draw(st.sampled_from(("shoes", "boots"))),),
            stackable=True,
        ),
    ]
    way = method(
        price_minor=draw(st.integers(0, 3000)),
        free_from_minor=draw(st.none() | st.integers(1, 60_000)),
    )
    taxes = {"": draw(st.integers(0, 2700)), "books": draw(st.integers(0, 1000))}
    taxes |= draw(st.dictionaries(st.sampled_from(("shoes", "boots")), st.integers(0, 2700)))
    return lines, draw(st.lists(st.sampled_from(vouchers), unique=True)), way, taxes


@given(bags())
def test_every_cent_of_an_order_is_derivable_by_fractions(case):
    lines, vouchers, way, taxes = case
    cart = Cart(
        tuple(
            CartLine(
                *(place, place, place, "h", "t", None, category, "", None, [], "", minor, "EUR", many, many),
                *(None,) * (len(CartLine._fields) - 15),
            )
            for place, (category, minor, many) in enumerate(lines, 1)
        ),
        "EUR",
    )
    wanted = [
        VoucherLine(place, category, minor, many) for place, (category, minor, many) in enumerate(lines, 1)
    ]
    now = datetime(2026, 11, 23, tzinfo=UTC)
    goods = sum(minor * many for _c, minor, many in lines)
    price = way.price(goods - quote(vouchers, wanted, now=now).goods_minor, 0)
    quoted = quote(vouchers, wanted, now=now, delivery_minor=price)
    priced = Priced(cart, Arrival(price_minor=price), Taxes(taxes), quoted)

    # The oracle: exact fractions, rounded half up at the end of each line, and nothing of ours.
    off = quoted.of_lines or (0,) * len(lines)
    for given_ in quoted.given:
        for (category, _minor, _many), less in zip(lines, given_.lines, strict=True):
            named = given_.terms.categories
            assert not less or not named or {category, ABOVE.get(category)} & set(named), "elsewhere, nothing"
    paid = [
        (Fraction(minor * many - less), taxes.get(category, taxes.get(ABOVE.get(category, ""), taxes[""])))
        for (category, minor, many), less in zip(lines, off, strict=True)
    ]
    free_from = way.free_from_minor
    charged = (
        0 if free_from is not None and sum(part for part, _bps in paid) >= free_from else way.price_minor
    )
    if any(one.kind == Kind.DELIVERY for one in vouchers):
        charged = 0
    parts = [*paid, (Fraction(charged), taxes[""])]
    nets = [(part * 10_000 / (10_000 + bps) + Fraction(1, 2)).__floor__() for part, bps in parts]
    total = sum(part for part, _bps in parts)

    totals = priced.totals
    assert totals.total_minor == total
    assert totals.net_minor == sum(nets)
    assert totals.net_minor + totals.tax.minor == totals.total_minor
    by_rate = priced.tax_parts()
    assert sum(part.net_minor + part.tax_minor for part in by_rate) == total
    assert len({part.bps for part in by_rate}) == len(by_rate)
    for part in by_rate:
        same = [net for net, (_paid, bps) in zip(nets, parts, strict=True) if bps == part.bps]
        assert part.net_minor == sum(same)

"""Money: whole minor units, one rounding rule a purpose, splits that add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import CurrencyMismatch, Money, allocate, decimal_text, round_half_up, total

cents = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**7), min_size=1, max_size=30)


@given(cents, weights)
def test_the_parts_of_a_split_add_up_to_the_whole(amount, shares):
    assert sum(allocate(amount, shares)) == amount


@given(cents, weights)
def test_no_part_is_a_whole_unit_away_from_its_exact_share(amount, shares):
    whole = sum(shares) or len(shares)
    exact = [Fraction(amount * (share if sum(shares) else 1), whole) for share in shares]
    assert all(abs(part - fair) < 1 for part, fair in zip(allocate(amount, shares), exact, strict=True))


@given(cents, st.integers(1, 10**9))
def test_rounding_half_up_agrees_with_fractions(numerator, denominator):
    exact = Fraction(numerator, denominator)
    whole, rest = divmod(abs(exact), 1)
    expected = whole + (1 if rest >= Fraction(1, 2) else 0)
    expected = -expected if exact < 0 else expected
    assert round_half_up(numerator, denominator) == expected


@pytest.mark.parametrize(("gross", "net"), [(5000, 4098), (8000, 6557), (6000, 4918), (3000, 2459)])
def test_the_worked_example_takes_22_percent_tax_out_of_a_price(gross, net):
    assert Money(gross, "EUR").net_of_tax(2200) == Money(net, "EUR")


@pytest.mark.parametrize(("net", "commission"), [(4098, 491), (6557, 786), (4918, 590), (2459, 295)])
def test_the_worked_example_rounds_commission_down(net, commission):
    assert Money(net, "EUR").share(1200) == Money(commission, "EUR")


def test_two_currencies_never_meet_in_a_sum():
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "CHF")
    with pytest.raises(CurrencyMismatch):
        total([Money(1, "CHF")], "EUR")


@pytest.mark.parametrize("amount", [1.0, "1", True, None])
def test_money_is_made_of_whole_numbers_only(amount):
    with pytest.raises(TypeError):
        Money(amount, "EUR")


def test_money_is_not_multiplied_by_a_fraction():
    with pytest.raises(TypeError):
        Money(100, "EUR") * 1.5


@pytest.mark.parametrize("shares", [[], [1, -1]])
def test_a_split_by_nothing_or_by_a_negative_weight_is_refused(shares):
    with pytest.raises(ValueError, match="weight"):
        allocate(100, shares)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (8000, "EUR", "80.00"),
        (-150, "EUR", "-1.50"),
        (-5, "EUR", "-0.05"),
        (-80, "JPY", "-80"),
        (7, "KWD", "0.070"),
        (1250, "KWD", "12.500"),
    ],
)
def test_an_amount_for_machines_has_the_decimals_of_its_currency(minor, currency, text):
    assert decimal_text(Money(minor, currency)) == text

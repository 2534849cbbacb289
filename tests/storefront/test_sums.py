"""Properties of the sums: what is split adds up, what goes back never passes what came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.orders.errors import MoreThanPaid, NothingChosen
from storefront.orders.policy import net_of, refund_of_pieces, spread_refund, totals_of
from storefront.returns.policy import Returnable, parts_of, spread

MINOR = st.integers(0, 500_000)
RATE = st.sampled_from([0, 400, 1000, 2200, 2500])


@given(st.lists(MINOR, min_size=1, max_size=20), MINOR, RATE)
def test_totals_are_the_sums_of_what_is_frozen_on_the_lines(lines, shipping, rate):
    totals = totals_of(lines, shipping_minor=shipping, tax_bps=rate, currency="EUR")
    assert totals.total_minor == sum(lines) + shipping
    assert totals.net_minor == sum(net_of(line, rate, "EUR") for line in [*lines, shipping])
    assert 0 <= totals.tax.minor <= totals.total_minor


def test_the_worked_example_in_cents():
    assert [net_of(minor, 2200, "EUR") for minor in (5000, 8000, 6000, 3000)] == [4098, 6557, 4918, 2459]


@given(st.integers(1, 500_000), st.integers(1, 99), st.data())
def test_pieces_given_back_one_after_the_other_give_back_the_line_to_the_cent(paid, bought, data):
    back, minor = 0, 0
    while back < bought:
        quantity = data.draw(st.integers(1, bought - back))
        amount = refund_of_pieces(
            paid_minor=paid, bought=bought, given_back=back, given_back_minor=minor, quantity=quantity
        )
        assert 0 <= amount <= paid - minor
        back, minor = back + quantity, minor + amount
    assert minor == paid


@given(st.lists(MINOR, min_size=1, max_size=12), st.data())
def test_a_refund_without_lines_is_spread_whole_and_no_line_gives_more_than_its_rest(rests, data):
    amount = data.draw(st.integers(0, sum(rests)))
    parts = spread_refund(amount, rests)
    assert sum(parts) == amount
    assert all(0 <= part <= rest for part, rest in zip(parts, rests, strict=True))
    with pytest.raises(ValueError, match="More"):
        spread_refund(sum(rests) + 1, rests)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 90_000)), min_size=1, max_size=6), st.data())
def test_no_sequence_of_refunds_passes_what_was_paid(bought, data):
    lines = [
        Returnable(number, number, quantity, paid, 0, 0) for number, (quantity, paid) in enumerate(bought)
    ]
    paid = sum(line.paid_minor for line in lines)
    for _ in range(8):
        rest = sum(line.rest_minor for line in lines)
        if data.draw(st.booleans()):
            parts, _ = spread(lines, 0, data.draw(st.integers(0, rest)))
        else:
            line = data.draw(st.sampled_from(lines))
            if not line.pieces_left:
                continue
            parts = parts_of(lines, {line.line_id: data.draw(st.integers(1, line.pieces_left))})
        for part in parts:
            line = lines[part.line_id]
            lines[part.line_id] = Returnable(
                line.line_id,
                line.variant_id,
                line.bought,
                line.paid_minor,
                line.given_back + part.quantity,
                line.given_back_minor + part.amount_minor,
            )
        assert all(line.rest_minor >= 0 and line.pieces_left >= 0 for line in lines)
    assert sum(line.given_back_minor for line in lines) <= paid


def test_a_full_refund_from_the_dashboard_takes_every_piece_with_it():
    lines = [Returnable(1, 1, 2, 6000, 1, 3000), Returnable(2, 2, 1, 5000, 0, 0)]
    parts, delivery = spread(lines, 490, 8490)
    assert [(part.line_id, part.quantity, part.amount_minor) for part in parts] == [
        (1, 1, 3000),
        (2, 1, 5000),
    ]
    assert delivery == 490


def test_more_pieces_than_are_left_are_refused_and_so_is_nothing():
    lines = [Returnable(1, 1, 2, 6000, 1, 3000)]
    for chosen in ({1: 2}, {1: 0}, {1: -1}, {9: 1}):
        with pytest.raises(MoreThanPaid):
            parts_of(lines, chosen)
    with pytest.raises(NothingChosen):
        parts_of(lines, {})

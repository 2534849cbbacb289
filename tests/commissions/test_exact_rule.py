"""What is earned on a line after returns, goodwill and a lost dispute: exact, in whichever order they came.

The notebook reckons with fractions and shares no code with the project.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from storefront.orders.policy import after_loss, counted_minor
from storefront.returns.policy import Part, Returnable, parts_of, spread


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def largest_remainder(whole: int, weights: list[int]) -> list[int]:
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    parts = [floor(one) for one in exact]
    for at in sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def counted(line: Returnable, parts: list[Part]) -> int:
    pieces, minor = sum(one.counted_pieces for one in parts), sum(one.counted_minor for one in parts)
    return counted_minor(line.paid_minor, line.bought, pieces, minor)


def after(line: Returnable, part: Part) -> Returnable:
    return Returnable(
        line.line_id,
        line.variant_id,
        line.bought,
        line.paid_minor,
        line.given_back + part.quantity,
        line.given_back_minor + part.amount_minor,
        spared_minor=line.spared_minor + (0 if part.quantity else part.amount_minor - part.counted_minor),
    )


@given(st.integers(1, 90_000), st.integers(1, 9), st.data())
def test_the_order_of_returns_never_matters_and_the_shopper_gets_the_line_to_the_cent(paid, bought, data):
    cuts = data.draw(st.lists(st.integers(1, bought), max_size=bought))
    returns = [n for at, n in enumerate(cuts) if sum(cuts[: at + 1]) <= bought]
    failed = set(data.draw(st.lists(st.integers(0, 8), max_size=3)))
    seen = set()
    for order in (returns, returns[::-1], data.draw(st.permutations(returns))):
        line, taken = Returnable(1, 1, bought, paid, 0, 0), list[Part]()
        for number in order:
            (part,) = parts_of([line], {1: number})
            line = after(line, part)
            taken.append(part)
        assert line.rest_minor == half_up(Fraction(paid * (bought - sum(order)), bought))
        assert counted(line, taken) == line.rest_minor
        if sum(order) == bought:
            assert line.given_back_minor == paid
        seen.add(counted(line, taken))
        # Whichever of them Stripe could not carry out: what is earned on follows the pieces that remain.
        kept = [one for at, one in enumerate(taken) if at not in failed]
        gone = sum(one.quantity for one in kept)
        assert counted(line, kept) == half_up(Fraction(paid * (bought - gone), bought))
    assert len(seen) == 1


@given(st.integers(1, 90_000), st.integers(1, 9), st.data())
def test_goodwill_of_the_house_touches_nothing_that_is_earned_until_the_pieces_come_back(paid, bought, data):
    given_away = data.draw(st.integers(1, paid))
    gone = data.draw(st.integers(1, bought))
    goodwill = Part(1, 1, 0, given_away)
    line = after(Returnable(1, 1, bought, paid, 0, 0), goodwill)
    assert counted(line, [goodwill]) == paid
    (part,) = parts_of([line], {1: gone})
    line = after(line, part)
    assert counted(line, [goodwill, part]) == half_up(Fraction(paid * (bought - gone), bought))
    assert 0 <= line.rest_minor <= paid
    # All that is left goes back: nothing is earned any more, and not a cent more than was paid went back.
    rest, _delivery = spread([line], 0, line.rest_minor)
    assert counted(line, [goodwill, part, *rest]) == 0
    assert line.given_back_minor + sum(one.amount_minor for one in rest) == paid


def test_goodwill_that_staff_take_off_what_is_earned_counts_as_the_sum_it_is():
    (part,), _delivery = spread([Returnable(1, 1, 2, 6000, 0, 0)], 0, 1000)
    line = after(Returnable(1, 1, 2, 6000, 0, 0), part)
    assert (counted(line, [part]), line.spared_minor) == (5000, 0)
    (shirt,) = parts_of([line], {1: 1})
    assert (shirt.amount_minor, counted(line, [part, shirt])) == (3000, 2000)


def test_a_piece_that_came_cheaper_by_an_exchange_takes_its_discount_back_with_it():
    exchanged = Returnable(1, 2, 1, 8000, 0, 0, of_exchange=7, cheaper_minor=2000)
    (back,) = parts_of([exchanged], {}, {7: 1})
    cheaper = Part(1, 2, 0, 2000, 7, counted_minor=2000)
    assert back.amount_minor == 8000
    assert counted_minor(20_000, 2, 0, cheaper.counted_minor) == 18_000
    assert counted_minor(20_000, 2, back.counted_pieces, cheaper.counted_minor + back.counted_minor) == 10_000


@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=7), st.integers(0, 700_000))
def test_a_lost_dispute_is_spread_over_what_the_lines_still_are(rests, lost):
    left = after_loss(lost, rests)
    if lost >= sum(rests):
        assert left == [0] * len(rests) == after_loss(None, rests)
    else:
        assert left == [rest - took for rest, took in zip(rests, largest_remainder(lost, rests), strict=True)]

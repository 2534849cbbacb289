"""What reviews add up to, and which size they speak for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.reviews.policy import (
    Cut,
    Fit,
    FitScale,
    Stars,
    Wearer,
    advise,
    signature,
    usual_sizes,
    voices_of,
)

SIZES = ("XS", "S", "M", "L", "XL")


def wearer(took: str, fit: Fit, usual: str = "M", height: int | None = None) -> Wearer:
    return Wearer(took, fit, usual, height)


@pytest.mark.parametrize(
    ("small", "true", "large", "cut"),
    [
        (2, 0, 0, None),
        (2, 1, 0, Cut.SMALL),
        (4, 6, 0, Cut.SMALL),
        (3, 7, 0, Cut.TRUE),
        (0, 1, 2, Cut.LARGE),
        (1, 38, 1, Cut.TRUE),
        (4, 3, 3, Cut.MIXED),
    ],
)
def test_a_cut_is_called_small_only_when_enough_people_say_so(small, true, large, cut):
    assert FitScale(small, true, large).cut == cut


def test_an_average_is_rounded_half_up_in_tenths_and_none_is_made_up():
    assert Stars({5: 1, 4: 1}).tenths == 45
    assert Stars({5: 1, 4: 2}).tenths == 43
    assert Stars({1: 1}).tenths == 10
    assert Stars().tenths == 0


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 500)))
def test_an_average_lies_between_the_worst_and_the_best(counts):
    given_stars = [stars for stars, number in counts.items() if number]
    tenths = Stars(counts).tenths
    assert (tenths == 0) if not given_stars else 10 * min(given_stars) <= tenths <= 10 * max(given_stars)


def test_who_found_it_small_speaks_for_the_next_larger_size():
    wearers = [wearer("M", Fit.SMALL), wearer("M", Fit.SMALL), wearer("L", Fit.TRUE)]
    advice = advise(usual="M", height_cm=None, wearers=wearers, sizes=SIZES)
    assert advice is not None
    assert (advice.size, advice.voices, advice.near_cm) == ("L", 3, None)
    assert [(taken.size, taken.scale.total) for taken in advice.taken] == [("M", 2), ("L", 1)]


def test_people_of_your_height_are_asked_first_and_the_circle_widens_when_they_are_too_few():
    tall = [wearer("L", Fit.TRUE, height=180)] * 3
    short = [wearer("M", Fit.TRUE, height=165)] * 4
    near = advise(usual="m", height_cm=183, wearers=tall + short, sizes=SIZES)
    wider = advise(usual="M", height_cm=187, wearers=tall + short, sizes=SIZES)
    everybody = advise(usual="M", height_cm=200, wearers=tall + short, sizes=SIZES)
    assert (near.size, near.near_cm, near.voices) == ("L", 4, 3)
    assert (wider.size, wider.near_cm) == ("L", 8)
    assert (everybody.size, everybody.near_cm, everybody.voices) == ("M", None, 4)


def test_two_people_are_too_few_to_say_anything():
    assert advise(usual="M", height_cm=None, wearers=[wearer("M", Fit.TRUE)] * 2, sizes=SIZES) is None
    strangers = [wearer("M", Fit.TRUE, usual="L")] * 9 + [wearer("M", Fit.TRUE, usual="")] * 9
    assert advise(usual="M", height_cm=None, wearers=strangers, sizes=SIZES) is None


def test_a_tie_goes_to_the_size_that_fitted_as_it_was():
    wearers = [
        wearer("S", Fit.TRUE),
        wearer("S", Fit.TRUE),
        wearer("L", Fit.LARGE),
        wearer("L", Fit.LARGE),
        wearer("S", Fit.SMALL),
    ]
    # Two would take S again, three M: one who found S small, two who found L large.
    assert advise(usual="M", height_cm=None, wearers=wearers, sizes=SIZES).size == "M"
    assert advise(usual="M", height_cm=None, wearers=wearers[:4], sizes=SIZES).size == "S"


@given(
    st.lists(
        st.builds(
            Wearer,
            st.sampled_from(SIZES),
            st.sampled_from(list(Fit)),
            st.sampled_from(SIZES),
            st.none() | st.integers(140, 200),
        ),
        max_size=30,
    ),
    st.sampled_from(SIZES),
    st.none() | st.integers(140, 200),
)
def test_advice_is_a_size_that_is_sold_and_does_not_depend_on_the_order_of_voices(wearers, usual, height):
    advice = advise(usual=usual, height_cm=height, wearers=wearers, sizes=SIZES)
    assert advice == advise(usual=usual, height_cm=height, wearers=wearers[::-1], sizes=SIZES[::-1])
    if advice is not None:
        assert advice.size in SIZES
        assert 1 <= advice.voices <= sum(taken.scale.total for taken in advice.taken)


def test_a_critical_voice_stands_among_the_first_when_there_is_one():
    stars = {9: 5, 8: 4, 7: 5, 6: 5, 2: 1}
    assert voices_of([9, 8, 7, 6, 2], stars, 3) == [9, 8, 2]
    assert voices_of([9, 8, 7], stars, 3) == [9, 8, 7]
    assert voices_of([9, 2], stars, 3) == [9, 2]
    assert voices_of([2, 9, 8, 7], stars, 3) == [2, 9, 8]


def test_a_name_is_signed_with_an_initial():
    assert [signature(name) for name in ("Anna Moro", "Anna", "maria de luca", " ")] == [
        "Anna M.",
        "Anna",
        "maria L.",
        "",
    ]


def test_usual_sizes_are_letters_for_letters_and_the_products_own_numbers_otherwise():
    assert usual_sizes(["M", "S"])[:3] == ["XXS", "XS", "S"]
    assert usual_sizes(["39", "38", "41"]) == ["38", "39", "41"]
    assert usual_sizes([]) == []

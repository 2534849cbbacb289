"""Percentages and amounts as they are typed."""

from __future__ import annotations

import pytest

from foundation.web.amounts import typed_hundredths, typed_minor


@pytest.mark.parametrize(
    ("typed", "hundredths"), [("12", 1200), ("12,5", 1250), (" 7.05 ", 705), ("", None), ("0", 0)]
)
def test_a_percentage_is_read_as_people_write_it(typed, hundredths):
    assert typed_hundredths(typed) == hundredths


@pytest.mark.parametrize("typed", ["٥", "１２", "1e2", "-1", "12.345", "12%", "1 2", "abc"])
def test_what_is_written_otherwise_is_no_percentage_and_no_amount(typed):
    with pytest.raises(ValueError, match=r".*"):
        typed_hundredths(typed)
    if typed != "12.345":
        with pytest.raises(ValueError, match=r".*"):
            typed_minor(typed, "EUR")

"""Cells that a spreadsheet shows as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.spreadsheets import as_written, defused


@pytest.mark.parametrize("text", ["=1+1", "+39 011", "-5", "@giulia", "\t=1", "\r=1", "'=1"])
def test_what_would_be_worked_out_begins_with_an_apostrophe(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Giulia", "'80s denim", "1-2", " =1"])
def test_all_else_stays_as_it_is_and_nothing_stays_nothing(text):
    assert defused(text) == text


@given(st.text())
def test_a_text_comes_back_as_it_was_written(text):
    assert as_written(defused(text)) == text

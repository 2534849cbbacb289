"""Descriptions as they stand in our pages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storefront.catalog.descriptions import clean_body, plain_text


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["<p>", "</p>", "<b>", "<script>", "<!--", "&nbsp;", "&lt;", "&", "<3", "\n\n"]),
            st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5),
        ),
        max_size=8,
    ).map("".join)
)
@example("wool\xa0and silk")
def test_cleaning_twice_changes_nothing(text):
    once = clean_body(text)
    assert clean_body(once) == once


@pytest.mark.parametrize("text", ["wool\xa0and silk", "wool & silk", "5 < 6", "&amp; more"])
def test_plain_words_become_a_paragraph_that_says_the_same(text):
    body = clean_body(text)
    assert body.startswith("<p>") and body.endswith("</p>")
    assert plain_text(body).split() == text.replace("&amp;", "&").split()

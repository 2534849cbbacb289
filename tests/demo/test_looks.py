"""The demo's looks: real pieces, each once, and words in both languages."""

from __future__ import annotations

import pytest

from demo.catalogue import BY_HANDLE
from demo.catalogue.looks import LOOKS
from editors.looks.models import MOST_PIECES, Occasion


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.title)
def test_a_look_is_whole(look):
    assert 2 <= len(look.pieces) <= MOST_PIECES
    assert len(set(look.pieces)) == len(look.pieces)
    assert set(look.pieces) <= set(BY_HANDLE)
    assert look.occasion in set(Occasion)
    assert 0 < len(look.title) <= 80
    assert look.title_it
    assert look.story
    assert look.story_it
    assert look.story != look.story_it


def test_there_are_18_looks_or_more_and_no_two_share_a_title():
    assert len({look.title for look in LOOKS}) == len({look.title_it for look in LOOKS}) == len(LOOKS) >= 18

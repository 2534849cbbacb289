"""The demo's looks: real pieces, each once, an editor for each, and words in both languages."""

from __future__ import annotations

import pytest

from demo.catalogue import BY_HANDLE
from demo.story.looks import CARRY_ON, LOOKS
from demo.story.people import EDITORS
from editors.looks.models import MOST_PIECES


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.title)
def test_a_look_is_whole(look):
    handles = [handle for handle, _ in look.pieces]
    assert 2 <= len(handles) <= MOST_PIECES
    assert len(set(handles)) == len(handles)
    assert set(handles) <= set(BY_HANDLE)
    assert look.editor in {person.handle for person in EDITORS}
    assert 0 < len(look.title) <= 80
    assert look.title_it
    assert look.story
    assert look.story_it
    assert look.story != look.story_it


def test_there_are_18_looks_or_more_and_no_two_share_a_title():
    assert len({look.title for look in LOOKS}) == len({look.title_it for look in LOOKS}) == len(LOOKS) >= 18


def test_six_editors_and_a_programme_lead_have_looks_of_their_own():
    assert {look.editor for look in LOOKS} == {person.handle for person in EDITORS}
    assert [person.handle for person in EDITORS if person.lead] == ["marta"]
    assert len(EDITORS) == 7


def test_the_look_of_the_tour_costs_what_the_worked_example_says():
    prices = [(BY_HANDLE[handle].price_minor, quantity) for handle, quantity in CARRY_ON.pieces]
    assert sorted(prices) == [(3000, 2), (5000, 1), (8000, 1)]
    assert all(BY_HANDLE[handle].plenty for handle, _ in CARRY_ON.pieces)

from __future__ import annotations

from enum import StrEnum
from types import SimpleNamespace

import pytest

from foundation.states import IllegalMove, Transitions


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


MOVES = Transitions({Light.RED: {Light.GREEN}, Light.GREEN: {Light.RED, Light.BROKEN}, Light.BROKEN: ()})


def test_a_listed_move_is_made():
    light = SimpleNamespace(status=Light.RED)
    MOVES.move(light, Light.GREEN)
    assert light.status is Light.GREEN


def test_an_unlisted_move_is_refused_and_changes_nothing():
    light = SimpleNamespace(status=Light.BROKEN)
    with pytest.raises(IllegalMove):
        MOVES.move(light, Light.RED)
    assert light.status is Light.BROKEN


def test_a_table_that_forgets_a_status_is_refused():
    with pytest.raises(ValueError, match="broken"):
        Transitions({Light.RED: {Light.GREEN}, Light.GREEN: ()})


def test_the_sources_of_a_status_are_the_where_of_a_conditional_update():
    assert MOVES.sources(Light.BROKEN) == [Light.GREEN]

"""Bars stand where their figures say."""

import pytest

from foundation.web.charts import FLOOR, WIDTH, Point, bar_chart, step_for


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (7, 2), (3038, 1000), (6545, 2000), (40_001, 20_000)])
def test_rules_stand_at_round_figures(highest: int, step: int) -> None:
    assert step_for(highest) == step


def test_a_taller_figure_is_a_taller_bar_and_stands_on_the_floor() -> None:
    chart = bar_chart([Point("a", 100), Point("b", 200)], label=str)
    low, high = chart.bars
    assert high.height == pytest.approx(2 * low.height, abs=0.2)
    assert low.y + low.height == pytest.approx(FLOOR, abs=0.2)


def test_the_second_figure_is_stacked_on_the_first() -> None:
    chart = bar_chart([Point("a", 100, 50)], label=str)
    first, second = chart.bars
    assert second.second and not first.second
    assert second.y + second.height <= first.y


def test_nothing_sold_draws_no_bar_and_does_not_fail() -> None:
    assert bar_chart([Point("a", 0), Point("b", 0)], label=str).bars == ()
    assert bar_chart([], label=str).bars == ()


def test_every_mark_stays_inside_the_drawing() -> None:
    points = [Point(str(week), week * 137 % 911, week * 31 % 77, "note") for week in range(26)]
    chart = bar_chart(points, label=str)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= 0 for bar in chart.bars)

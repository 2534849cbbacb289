"""Bar charts drawn by the server: the places are worked out here, the macro only writes them down.

No style and no script, so the strict policy holds; a chart always comes with a title that says the finding
and with the table of the same figures underneath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
TOP, FLOOR, LABEL = 30, 184, 204
SLIM = 0.24  # of a bar: how much narrower it stands before what it was
GAP = 0.38  # of a place: the air between two bars
MARGIN = 44  # at the right, where the figures of the rules stand
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the axis: its label, the figure, a second figure stacked on it, a word beside it, and what
    the figure was before, which stands behind it.
    """

    label: str
    value: int
    second: int = 0
    note: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    second: bool
    before: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line with what it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Everything the macro writes: bars, rules, labels under the axis, notes above bars."""

    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]
    labels: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def step_for(highest: int, lines: int = 3) -> int:
    """A round distance between the rules (1, 2 or 5 times a power of ten), so that `lines` are enough."""
    power = 1
    while True:
        for step in STEPS:
            if highest <= step * power * (lines + 1):
                return step * power
        power *= 10


def bar_chart(points: Sequence[Point], *, label: Callable[[int], str], every: int = 2) -> BarChart:
    """Lay out `points` from left to right; `label` writes a rule's figure; every n-th label is shown."""
    highest = max((max(point.value + point.second, point.before) for point in points), default=0)
    step = step_for(max(highest, 1))
    ceiling = max(highest, step)
    place = (WIDTH - MARGIN) / max(len(points), 1)
    width = round(place * (1 - GAP), 1)
    scale = (FLOOR - TOP) / ceiling
    compared = any(point.before for point in points)
    bars: list[Bar] = []
    labels: list[Mark] = []
    notes: list[Mark] = []
    for index, point in enumerate(points):
        x = round(index * place, 1)
        lower, upper = max(point.value, 0) * scale, max(point.second, 0) * scale
        behind = max(point.before, 0) * scale
        if behind:
            bars.append(Bar(x, round(FLOOR - behind, 1), width, round(behind, 1), second=False, before=True))
        within, narrow = (
            (round(x + width * SLIM, 1), round(width * (1 - 2 * SLIM), 1)) if compared else (x, width)
        )
        if lower:
            bars.append(Bar(within, round(FLOOR - lower, 1), narrow, round(lower, 1), second=False))
        if upper:
            air = 1.1 if lower else 0
            top = round(FLOOR - lower - upper - air, 1)
            bars.append(Bar(within, top, narrow, round(upper, 1), second=True))
        if index % every == 0:
            labels.append(Mark(x, LABEL, point.label))
        if point.note:
            left = index < len(points) / 2
            edge = x + width + 6 if left else x - 6
            notes.append(
                Mark(
                    round(edge, 1),
                    round(FLOOR - lower - upper + 12, 1),
                    point.note,
                    "start" if left else "end",
                )
            )
    lines = range(step, ceiling + 1, step)
    rules = tuple(Rule(round(FLOOR - value * scale, 1), label(value)) for value in lines)
    return BarChart(tuple(bars), rules, tuple(labels), tuple(notes))

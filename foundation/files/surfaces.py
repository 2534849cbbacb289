"""A smooth surface through points of a plane, by least squares, with what does not belong to it left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 4
STRAY = 10.0  # further from the surface than this, summed over the channels, belongs to something else


@dataclass(frozen=True)
class Surface:
    """For each channel the six coefficients of 1, x, y, xy, x², y²; x and y from 0 to 1."""

    channels: tuple[tuple[float, ...], ...]

    def at(self, channel: int, x: float, y: float) -> float:
        return sum(c * t for c, t in zip(self.channels[channel], _terms(x, y), strict=True))


def fit(points: Sequence[tuple[float, float]], values: Sequence[Sequence[float]]) -> tuple[Surface, float]:
    """The surface through most of the points, and the share of them that lies on it.

    It begins with the middle value of each channel, so that a garment that covers some of the edge does not
    pull it over; what strays is left out, and it is fitted again.
    """
    middles = [sorted(channel)[len(channel) // 2] for channel in values]
    surface = Surface(tuple((middle, 0.0, 0.0, 0.0, 0.0, 0.0) for middle in middles))
    reach, kept = 3 * STRAY, list(range(len(points)))
    for _ in range(ROUNDS):
        kept = [
            number
            for number, (x, y) in enumerate(points)
            if sum(abs(values[c][number] - surface.at(c, x, y)) for c in range(len(values))) <= reach
        ]
        if len(kept) < len(points) // 3:
            break
        terms = [_terms(*points[number]) for number in kept]
        surface = Surface(
            tuple(_least_squares(terms, [channel[number] for number in kept]) for channel in values)
        )
        reach = STRAY
    return surface, len(kept) / len(points)


def _terms(x: float, y: float) -> tuple[float, ...]:
    return (1.0, x, y, x * y, x * x, y * y)


def _least_squares(terms: Sequence[tuple[float, ...]], wanted: Sequence[float]) -> tuple[float, ...]:
    """The normal equations, solved by elimination; a grain of damping keeps them solvable."""
    size = len(terms[0])
    rows = [
        [
            *(sum(term[i] * term[j] for term in terms) + (1e-6 if i == j else 0.0) for j in range(size)),
            sum(term[i] * value for term, value in zip(terms, wanted, strict=True)),
        ]
        for i in range(size)
    ]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda row: abs(rows[row][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for row in range(size):
            if row != pivot:
                factor = rows[row][pivot] / rows[pivot][pivot]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[pivot], strict=True)]
    return tuple(rows[i][size] / rows[i][i] for i in range(size))

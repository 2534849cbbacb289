"""Falling folds and rippling hems of skirts and dresses."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import Fold, pt


def skirt_folds(y0: float, y1: float, w0: float, w1: float, n: int, width: float, c: Canvas) -> list[Fold]:
    """Falling folds of a skirt, deeper at the hem."""
    out: list[Fold] = []
    for i in range(n):
        u = (i + 0.5) / n * 2 - 1 + c.rng.uniform(-0.05, 0.05)
        top = y0 + (y1 - y0) * c.rng.choice((0.0, 0.06, 0.2))
        out.append(
            (200 + w0 * u * 0.92, top, 200 + w1 * u * 0.96, y1 + 14, u * 5, width * c.rng.uniform(0.7, 1.15))
        )
    return out


def hem_wave(w: float, y: float, n: int = 3, amp: float = 5) -> str:
    """A rippling hem, right corner to centre."""
    pts = [pt(200 + w, y, True)]
    for i in range(1, n * 2):
        u = 1 - i / (n * 2)
        pts.append(
            pt(
                200 + w * (u + (0.03 if i % 2 else -0.02)),
                y + amp * (0.45 + (0.42 if i % 2 else -0.2)) + 9 * (1 - u * u),
            )
        )
    return " ".join([*pts, pt(200, y + amp * 0.4 + 9)])

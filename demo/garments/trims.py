"""Rings, wires and frame-growing marks that bags and jewellery share."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import pt


def ring(cx: float, cy: float, rx: float, ry: float, a: str = "") -> str:
    """An ellipse as a closed smooth spec."""
    k = 0.7071
    return " ".join(
        pt(cx + rx * x, cy + ry * y)
        for x, y in ((0, -1), (k, -k), (1, 0), (k, k), (0, 1), (-k, k), (-1, 0), (-k, -k))
    )


def metal(c: Canvas, d: str, width: float) -> None:
    """A polished wire: dark, mid, light."""
    hi, mid, low = c.metal
    c.out.append(
        f'<g fill="none" stroke-linecap="round"><path d="{d}" stroke="{low}" '
        f'stroke-width="{width:g}"/><path d="{d}" stroke="{mid}" '
        f'stroke-width="{width * 0.72:.2f}"/><path d="{d}" stroke="{hi}" '
        f'stroke-width="{width * 0.26:.2f}" transform="translate({-width * 0.12:.2f} '
        f'{-width * 0.14:.2f})"/></g>'
    )


def grow(c: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Tell the frame about marks that are not parts."""
    b = c.box
    c.box = [min(b[0], x0), min(b[1], y0), max(b[2], x1), max(b[3], y1)]

"""Tiny path language: splines through authored points, mirroring, folds.

A *spec* is a string of points, ``"200,60 *250,80 300,90"``. A plain point is
smooth (the curve flows through it); a point with ``*`` is a corner. Two corners
in a row give a straight line. Garments are authored on a 400 x 500 sheet, mostly
as the right half (x >= 200), and mirrored with :func:`sym`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

Node = tuple[float, float, bool]
Warp = Callable[[float, float], tuple[float, float]]
#: x1, y1, x2, y2, bend, width: a tapered crease from one point to another.
Fold = tuple[float, float, float, float, float, float]


def parse(spec: str) -> list[Node]:
    """Read a spec into ``(x, y, corner)`` nodes."""
    nodes: list[Node] = []
    for token in spec.split():
        corner = token.startswith("*")
        x, y = token.lstrip("*").split(",")
        nodes.append((float(x), float(y), corner))
    return nodes


def text(nodes: Iterable[Node]) -> str:
    """Write nodes back as a spec."""
    return " ".join(f"{'*' if c else ''}{x:.1f},{y:.1f}" for x, y, c in nodes)


def pt(x: float, y: float, corner: bool = False) -> str:
    """One point as spec text."""
    return f"{'*' if corner else ''}{x:.1f},{y:.1f}"


def flip(spec: str) -> str:
    """Mirror a spec about the centre line, keeping its direction."""
    return text((400 - x, y, c) for x, y, c in parse(spec))


def sym(half: str) -> str:
    """A right half (top centre to bottom centre) closed with its mirror image."""
    right = parse(half)
    left = [(400 - x, y, c) for x, y, c in reversed(right) if abs(x - 200) > 0.01]
    return text(right + left)


def sides(specs: Iterable[str]) -> list[str]:
    """Each spec and its mirror image."""
    return [s for spec in specs for s in (spec, flip(spec))]


def mirror_folds(folds: Iterable[Fold]) -> list[Fold]:
    """Each fold and a mirrored, slightly different twin (nature is not symmetric)."""
    out: list[Fold] = []
    for x1, y1, x2, y2, bend, width in folds:
        out.append((x1, y1, x2, y2, bend, width))
        out.append((400 - x1, y1 + 5, 400 - x2, y2 - 4, -bend * 0.85, width * 0.9))
    return out


def _unit(x: float, y: float) -> tuple[float, float]:
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def _f(value: float) -> str:
    short = f"{value:.1f}".removesuffix(".0")
    return (
        short.replace("0.", ".", 1) if short.lstrip("-").startswith("0.") else "0" if short == "-0" else short
    )


def _pairs(points: list[tuple[float, float]]) -> str:
    out = ""
    for i, v in enumerate(v for p in points for v in p):
        short = _f(v)
        out += short if i == 0 or short.startswith("-") else f" {short}"
    return out


def curve(nodes: list[Node], close: bool) -> str:
    """Path data (relative, one decimal) for a cubic spline through the nodes."""
    n = len(nodes)
    tangents: list[tuple[float, float] | None] = []
    for i, (x, y, corner) in enumerate(nodes):
        if corner or (not close and i in (0, n - 1)):
            tangents.append(None)
            continue
        px, py, _ = nodes[i - 1]
        qx, qy, _ = nodes[(i + 1) % n]
        a, b = math.hypot(x - px, y - py) or 1, math.hypot(qx - x, qy - y) or 1
        tangents.append(_unit((x - px) / a * b + (qx - x) / b * a, (y - py) / a * b + (qy - y) / b * a))
    at = (round(nodes[0][0], 1), round(nodes[0][1], 1))
    out = [f"M{_pairs([at])}"]
    for i in range(n if close else n - 1):
        x0, y0, _ = nodes[i]
        x1, y1, _ = nodes[(i + 1) % n]
        t0, t1 = tangents[i], tangents[(i + 1) % n]
        points = [(x1, y1)]
        if t0 or t1:
            h = math.hypot(x1 - x0, y1 - y0) * 0.36
            c0 = (x0 + t0[0] * h, y0 + t0[1] * h) if t0 else None
            c1 = (x1 - t1[0] * h, y1 - t1[1] * h) if t1 else None
            if c0 is None and c1 is not None:
                c0 = (x0 + (c1[0] - x0) * 0.5, y0 + (c1[1] - y0) * 0.5)
            if c1 is None and c0 is not None:
                c1 = (x1 + (c0[0] - x1) * 0.5, y1 + (c0[1] - y1) * 0.5)
            assert c0 and c1
            points = [c0, c1, (x1, y1)]
        elif close and i == n - 1:
            break
        moved = [(x - at[0], y - at[1]) for x, y in points]
        out.append(("c" if len(points) == 3 else "l") + _pairs(moved))
        at = (round(at[0] + round(moved[-1][0], 1), 1), round(at[1] + round(moved[-1][1], 1), 1))
    return "".join(out) + ("z" if close else "")


def lens(fold: Fold, warp: Warp) -> str:
    """Path data (whole numbers: it is always blurred) of one tapered crease."""
    x1, y1, x2, y2, bend, width = fold
    nx, ny = _unit(-(y2 - y1), x2 - x1)
    x1, y1 = warp(x1, y1)
    x2, y2 = warp(x2, y2)
    ex, ey = round(x2 - x1), round(y2 - y1)
    a, b = bend + width, bend - width
    mx, my = ex / 2, ey / 2
    nums = (mx + nx * a, my + ny * a, ex, ey, mx + nx * b - ex, my + ny * b - ey, -ex, -ey)
    return (
        f"M{x1:.0f},{y1:.0f}q"
        + "".join(f"{' ' if v >= 0 and i else ''}{v}" for i, v in enumerate(round(v) for v in nums))
        + "z"
    )


def extent(spec: str) -> tuple[float, float, float, float]:
    """Bounding box (x0, y0, x1, y1) of the authored points."""
    nodes = parse(spec)
    xs, ys = [x for x, _, _ in nodes], [y for _, y, _ in nodes]
    return min(xs), min(ys), max(xs), max(ys)

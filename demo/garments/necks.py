"""Necklines, collars, plackets, cuffs and ribs that tops share."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import flip, pt, sides, sym
from .torso import Sleeve, Torso, Turn


def crew(t: Torso, depth: float) -> str:
    """A round neckline from centre to just before the neck point."""
    return f"{pt(200, t.ny + depth)} {pt(200 + t.nw * 0.66, t.ny + depth * 0.7)}"


def neckband(c: Canvas, t: Torso, depth: float, w: float, *, lines: bool = True) -> None:
    """A rib band around a round neckline."""
    half = (
        f"{crew(t, depth)} {pt(200 + t.nw, t.ny, True)} {pt(200 + t.nw - w * 0.85, t.ny - w * 0.4, True)} "
        f"{pt(200 + t.nw * 0.58, t.ny + depth * 0.7 - w)} {pt(200, t.ny + depth - w)}"
    )
    c.part(sym(half), tex="rib" if lines else True, vol=0.5, wide=4, cast=0.5, drop=(0, 2), tone=0.03)


def back(c: Canvas, t: Torso, depth: float, rise: float = 7, label: bool = True) -> None:
    """The shaded inside back, with its label."""
    c.part(t.back_neck(depth, rise), tone=0.16, vol=0.4, edge=1.2, wide=12, tex=c.pattern not in ("cable",))
    if label:
        c.label(t.ny - rise + 6)


def shirt_collar(
    c: Canvas,
    t: Torso,
    fall: float = 52,
    spread: float = 33,
    rise: float = 15,
    fill: str | None = None,
    front: float = 22,
) -> None:
    """A folded collar in two leaves."""
    nw, ny = t.nw, t.ny
    leaf = " ".join(
        (
            pt(200.5, ny + front, True),
            pt(200 + spread, ny + fall, True),
            pt(200 + nw * 1.02, ny + fall * 0.46),
            pt(200 + nw + 5, ny + 4),
            pt(200 + nw + 1, ny - rise * 0.55),
            pt(200 + nw - 5, ny - rise + 3, True),
            pt(200 + nw * 0.66, ny + front * 0.12),
        )
    )
    for spec in (flip(leaf), leaf):
        c.part(
            spec,
            fill=fill,
            cast=0.75,
            drop=(0, 3),
            vol=0.35,
            wide=5,
            turn=24 if spec is leaf else -24,
            solid=True,
        )
    edge = (
        f"{203},{ny + front + 4} {pt(200 + spread - 1, ny + fall - 4, True)} "
        f"{pt(200 + nw * 0.92, ny + fall * 0.5)} "
        f"{pt(200 + nw + 3, ny + 2)}"
    )
    c.stitch(sides([edge]), op=0.35, width=0.6)


def placket(
    c: Canvas,
    y0: float,
    y1: float,
    w: float = 7,
    n: int = 6,
    r: float = 2.9,
    start: float = 14,
    color: str | None = None,
    stitched: bool = True,
) -> None:
    """A button placket down the centre front."""
    c.seams([f"{200 - w},{y0} {200 - w},{y1}", f"{200 + w},{y0} {200 + w},{y1}"], 0.5, 0.8)
    if stitched:
        c.stitch([f"{200 - w + 2},{y0} {200 - w + 2},{y1}"], op=0.4, width=0.6)
    for i in range(n):
        c.button(200, y0 + start + (y1 - y0 - start - 20) * i / max(1, n - 1), r, color)


def barrel_cuff(c: Canvas, s: Sleeve, turn: Turn, side: int, fill: str | None = None) -> None:
    """A buttoned shirt cuff with gathers above it."""
    c.part(turn(s.band(0.895, 1.0, 1.2)), fill=fill, wide=4, turn=-side * s.angle, cast=0.3, drop=(0, -1))
    c.stitch(
        [turn(f"{s.p(0.912, 0)} {s.p(0.915, 1)}"), turn(f"{s.p(0.985, 0)} {s.p(0.988, 1)}")],
        op=0.4,
        width=0.6,
    )
    x, y = s.at(0.95, 0.3)
    c.button(x if side == 1 else 400 - x, y, 2.3)


def rib_hem(c: Canvas, t: Torso, h: float, pinch: float = 6) -> None:
    """A ribbed hem that draws the body in."""
    half = (
        f"{pt(200, t.hy - 2)} {pt(200 + t.hw - 1, t.hy - 3, True)} "
        f"{pt(200 + t.hw - pinch * 0.6, t.hy + h * 0.4)} "
        f"{pt(200 + t.hw - pinch - 1, t.hy + h, True)} {pt(200, t.hy + h + 2)}"
    )
    c.part(sym(half), tex="rib", tone=0.03, vol=0.9, wide=5, cast=0.25, drop=(0, -2))


def rib_cuff(c: Canvas, s: Sleeve, turn: Turn, side: int, s0: float = 0.9, grow: float = -1) -> None:
    """A ribbed cuff."""
    c.part(turn(s.band(s0, 1.0, grow)), tex="rib", turn=-side * s.angle, tone=0.03, wide=4)

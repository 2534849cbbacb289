"""The quilted down jacket."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import flip, pt, sym
from .kinds import kind
from .palettes import darker
from .torso import Sleeve, Torso, Turn, draw_sleeves


@kind(
    "puffer",
    "Puffer jacket",
    "Piumino",
    68,
    "outer",
    finish="down",
    tones="main deep accent soft light mid",
    patterns="plain",
    warp=1.4,
)
def puffer(c: Canvas) -> None:
    """A quilted down jacket with stand collar."""
    r = c.rng
    n = r.choice((6, 7, 8))
    t = Torso(ny=104, nw=36, sw=94, drop=22, uy=206, cw=106, wy=290, ww=105, hy=388, hw=103, scoop=5)
    c.part(sym(f"200,60 232,62 *243,72 {246},92 *{240},112 200,122"), tone=0.22, vol=0.3, wide=12)
    c.label(68)
    top, step = t.ny + 14, (t.hy - t.ny - 14) / n
    edge = [pt(200 + t.nw, t.ny, True), pt(200 + (t.nw + t.sw) / 2, t.ny + 9), pt(200 + t.sw, t.sy, True)]
    for i in range(2, n + 1):
        y = top + i * step
        if y - step / 2 > t.uy - 20:
            edge += [pt(200 + t.cw + 3, y - step / 2), pt(200 + t.cw - 5, y, True)]
    folds, rows = [], []
    for i in range(1, n):
        y = top + i * step
        rows.append(f"{200 - t.cw + 3},{y - 2} 200,{y + 3} {200 + t.cw - 3},{y - 2}")
        folds += [(200 - t.cw, y + 1, 200, y + 6, 3, 8), (200, y + 6, 200 + t.cw, y + 1, 3, 8)]
        folds += [
            (200 + dx, y + 1, 200 + dx + r.uniform(-6, 6), y + step * 0.55, 2, 4) for dx in (-70, -34, 30, 64)
        ]
    lights = [
        (
            200 - t.cw + 10,
            top + (i + 0.38) * step,
            200 + t.cw - 10,
            top + (i + 0.38) * step + 2,
            4,
            step * 0.2,
        )
        for i in range(n)
    ]
    c.part(
        sym(f"{pt(200, t.ny + 16, True)} {' '.join(edge)} {pt(200, t.hy + 3)}"),
        folds=folds,
        lights=lights,
        wide=9,
    )
    for i in range(n):
        low = top + (i + 1) * step - 1
        c.fill(
            f"*{200 - t.cw},{low - step * 0.34} 200,{low - step * 0.2} *{200 + t.cw},{low - step * 0.34} "
            f"*{200 + t.cw},{low} 200,{low + 5} *{200 - t.cw},{low}",
            darker(c.base, 0.6),
            0.26,
            "m",
            c.main,
        )
    c.seams(rows, 0.6, 1.2)

    def quilts(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        m = 6
        cv.seams(
            [turn(f"{s.p(i / m, 0)} {s.p(i / m + 0.02, 0.5)} {s.p(i / m, 1)}") for i in range(1, m)],
            0.55,
            1.2,
        )
        for i in range(1, m):
            a, b = s.at(i / m + 0.025, 0.02), s.at(i / m + 0.025, 0.98)
            path = f"{pt(*a)} {s.p(i / m + 0.05, 0.5)} {pt(*b)} {s.p(i / m + 0.005, 0.5)}"
            cv.fill(turn(path), darker(cv.base, 0.6), 0.4, "m")

    draw_sleeves(c, lambda j: Sleeve(t, 232, 14 + j, 66, 50, puff=11, bend=8, belly=3), extra=quilts)
    leaf = (
        f"*200,{t.ny + 20} {200 + t.nw * 0.7},{t.ny + 14} *{200 + t.nw + 8},{t.ny + 2} {247},{82} "
        f"*{242},{70} {222},{92} *200,{94}"
    )
    for spec in (flip(leaf), leaf):
        c.part(
            spec,
            wide=8,
            vol=0.5,
            cast=0.5,
            folds=[(204, 104, 244, 86, 3, 4) if spec is leaf else (196, 104, 156, 86, 3, 4)],
        )
    c.zip(f"200,94 200,{t.hy + 2}", 3.4, (200, 98))

"""Shirt and blouse."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import mirror_folds, pt, sides, sym
from .kinds import kind
from .necks import back, barrel_cuff, crew, neckband, placket, shirt_collar
from .palettes import darker, lighter
from .torso import Sleeve, Torso, Turn, drape, draw_sleeves


def _shirt_body(c: Canvas, t: Torso, tail: float) -> str:
    hem = (
        f"{pt(200 + t.hw * 0.78, t.hy + tail * 0.55)} {pt(200 + t.hw * 0.4, t.hy + tail)} "
        f"{pt(200, t.hy + tail + 2)}"
    )
    return c.part(
        t.body(f"{pt(200, t.ny + 24, True)} {pt(200 + t.nw * 0.7, t.ny + 10)}", hem),
        folds=drape(t),
        cast=0.35,
        lights=[(158, 160, 166, 350, 6, 11)],
    )


@kind(
    "shirt",
    "Shirt",
    "Camicia",
    76,
    "top",
    tones="light soft mid main accent deep",
    patterns="plain pinstripe gingham dot denim floral-small",
)
def shirt(c: Canvas) -> None:
    """A long-sleeved shirt with a curved tail."""
    r = c.rng
    t = Torso(ny=84, nw=31, sw=83, drop=24, uy=182, cw=92, wy=270, ww=88, hy=372 + r.uniform(-6, 10), hw=95)
    plain_trim = lighter(c.base, 0.8) if c.pattern in ("pinstripe", "gingham") and r.random() < 0.35 else None
    back(c, t, 24, 15)
    tail = r.choice((16, 24, 8))
    _shirt_body(c, t, tail)
    c.seams(sides([t.armhole(), f"{200 + t.nw + 4},{t.ny + 14} {200 + t.sw - 2},{t.sy + 17}"]), 0.4)
    draw_sleeves(
        c,
        lambda j: Sleeve(t, 246, 12.5 + j, 52, 40, puff=6, bend=8),
        extra=lambda cv, s, turn, side: barrel_cuff(cv, s, turn, side, plain_trim),
    )
    placket(c, t.ny + 24, t.hy + tail + 2, n=6)
    if r.random() < 0.65:
        y = t.uy - 8
        c.part(
            f"*{224},{y} *{266},{y + 1} *{266},{y + 40} *{245},{y + 51} *{224},{y + 40}",
            vol=0.15,
            wide=3,
            edge=0.6,
            solid=False,
        )
        c.stitch([f"225.5,{y + 8} 264.5,{y + 9}"], op=0.4, width=0.6)
    shirt_collar(c, t, fall=r.choice((50, 56)), spread=r.choice((30, 35, 39)), fill=plain_trim)


@kind(
    "blouse",
    "Blouse",
    "Blusa",
    66,
    "top",
    finish="satin",
    tones="soft light accent mid main deep",
    patterns="satin plain dot floral-small floral-large",
)
def blouse(c: Canvas) -> None:
    """A fluid blouse with full sleeves and a bow or a gathered V."""
    r = c.rng
    t = Torso(ny=92, nw=33, sw=80, drop=25, uy=188, cw=90, wy=270, ww=90, hy=372 + r.uniform(-6, 8), hw=101)
    bow = r.random() < 0.55
    depth = 26 if bow else 66
    back(c, t, depth, 9)

    def cuff(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        cv.part(turn(s.band(0.93, 1.0, 1)), wide=4, cast=0.3, drop=(0, -1))
        cv.fill(
            " ".join((turn(s.p(0.86, 0.3)), turn(s.p(0.935, 0.35)), turn(s.p(0.88, 0.5)))),
            darker(cv.base, 0.5),
            0.3,
            "s",
        )
        cv.seams(
            [turn(f"{s.p(0.82 + 0.02 * (k % 2), k / 8)} {s.p(0.93, 0.1 + k / 10)}") for k in range(1, 8)], 0.3
        )

    neck = (
        crew(t, depth)
        if bow
        else f"{pt(200, t.ny + depth, True)} {pt(200 + t.nw * 0.6, t.ny + depth * 0.44)}"
    )
    folds = drape(t, 1.15)
    for x in (212, 224, 236):
        folds += mirror_folds([(x, t.ny + 36, x + 10, t.uy + 20, -4, 4)])
    c.part(
        t.body(neck, f"{pt(200 + t.hw * 0.55, t.hy + 6)} {pt(200, t.hy + 5)}"),
        folds=folds,
        cast=0.3,
        lights=mirror_folds([(156, 170, 158, 340, 8, 10), (232, 150, 226, 300, -6, 7)]),
    )
    c.seams(sides([t.armhole()]), 0.35)
    draw_sleeves(
        c, lambda j: Sleeve(t, 226, 14 + j, 60, 36, puff=13, bend=6, belly=r.uniform(9, 14)), extra=cuff
    )
    if bow:
        neckband(c, t, depth, 13, lines=False)
        y = t.ny + depth - 2
        for k, ln in ((1, 104), (-1, 92)):
            tail = (
                f"*{200 + 2 * k},{y} {200 + 14 * k},{y + 40} {200 + 17 * k},{y + ln} "
                f"*{200 + 40 * k},{y + ln - 9} "
                f"{200 + 30 * k},{y + 42} *{200 + 7 * k},{y - 1}"
            )
            c.part(tail, cast=0.7, vol=0.6, folds=[(200 + 6 * k, y + 4, 200 + 26 * k, y + ln, 3, 4)])
        for k in (1, -1):
            loop = (
                f"*200,{y} {200 + 22 * k},{y - 21} {200 + 47 * k},{y - 20} {200 + 56 * k},{y - 2} "
                f"{200 + 42 * k},{y + 13} "
                f"{200 + 18 * k},{y + 9}"
            )
            c.part(
                loop,
                cast=0.6,
                vol=0.5,
                folds=[
                    (200 + 4 * k, y, 200 + 44 * k, y - 8, 2, 5),
                    (200 + 4 * k, y + 2, 200 + 34 * k, y + 6, 2, 3),
                ],
            )
        c.part(
            f"*193,{y - 9} 200,{y - 11} *207,{y - 9} 209,{y} *206,{y + 9} 200,{y + 11} *194,{y + 9} 191,{y}",
            cast=0.5,
            wide=4,
        )
    else:
        w = 7
        half = (
            f"{pt(200, t.ny + depth + 6, True)} {pt(200 + t.nw * 0.6 + 3, t.ny + depth * 0.44 + 4)} "
            f"{pt(200 + t.nw + 2, t.ny, True)} "
            f"{pt(200 + t.nw - w, t.ny - 4, True)} "
            f"{pt(200 + t.nw * 0.6 - w * 0.6, t.ny + depth * 0.4)} {pt(200, t.ny + depth - 6, True)}"
        )
        c.part(sym(half), vol=0.3, wide=3, cast=0.5)
        c.seams([f"200,{t.ny + depth + 4} 200,{t.hy + 4}"], 0.3)

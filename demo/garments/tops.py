"""Jersey tops: tee, polo, hoodie."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import flip, mirror_folds, pt, sides, sym
from .kinds import kind
from .necks import back, crew, neckband, rib_cuff, rib_hem, shirt_collar
from .palettes import darker, lighter, mix
from .torso import Sleeve, Torso, Turn, drape, draw_sleeves


@kind(
    "tee",
    "T-shirt",
    "T-shirt",
    68,
    "top",
    tones="light main soft deep accent mid",
    patterns="plain breton dot floral-small",
)
def tee(c: Canvas) -> None:
    """A boxy crew-neck T-shirt."""
    r = c.rng
    depth = r.choice((22, 26, 31))
    t = Torso(
        ny=92,
        nw=37,
        sw=89,
        drop=23,
        uy=194,
        cw=101,
        wy=280,
        ww=98 + r.uniform(-3, 2),
        hy=382 + r.uniform(-8, 12),
        hw=102,
    )
    back(c, t, depth)
    length, cuff = r.choice(((80, 58), (90, 60), (74, 56)))

    def hem(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        cv.stitch(
            [
                turn(f"{s.p(0.9, 0)} {s.p(0.912, 0.5)} {s.p(0.9, 1)}"),
                turn(f"{s.p(0.925, 0)} {s.p(0.937, 0.5)} {s.p(0.925, 1)}"),
            ],
            op=0.45,
            width=0.6,
        )

    c.part(
        t.body(crew(t, depth), f"{pt(200 + t.hw * 0.5, t.hy + 3)} {pt(200, t.hy + 4)}"),
        folds=drape(t),
        cast=0.3,
        lights=[(160, 150, 168, 330, 6, 12)],
    )
    c.seams(sides([t.armhole()]), 0.42)
    draw_sleeves(c, lambda j: Sleeve(t, length, 44 + j, 60, cuff, puff=7, bend=2), extra=hem)
    neckband(c, t, depth, 8.5)
    c.stitch(
        [
            f"{200 - t.hw + 1},{t.hy - 10} 200,{t.hy - 6} {200 + t.hw - 1},{t.hy - 10}",
            f"{200 - t.hw + 1},{t.hy - 7} 200,{t.hy - 3} {200 + t.hw - 1},{t.hy - 7}",
        ],
        op=0.45,
        width=0.6,
    )


@kind(
    "polo",
    "Polo shirt",
    "Polo",
    70,
    "top",
    tones="main light accent soft mid deep",
    patterns="plain breton rib",
    finish="cotton",
)
def polo(c: Canvas) -> None:
    """A short-sleeved polo with a knitted collar."""
    r = c.rng
    t = Torso(ny=90, nw=33, sw=86, drop=23, uy=190, cw=96, wy=276, ww=92, hy=382 + r.uniform(-6, 8), hw=97)
    trim = (
        c.palette.light if c.pattern == "plain" and r.random() < 0.4 and c.base != c.palette.light else None
    )
    back(c, t, 46, 13)

    def cuff(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        cv.part(turn(s.band(0.88, 1.0, 0.6)), tex="rib", turn=-side * s.angle, fill=trim, tone=0.03, wide=4)

    c.part(
        t.body(
            f"{pt(200, t.ny + 30, True)} {pt(200 + t.nw * 0.7, t.ny + 12)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 3)} {pt(200, t.hy + 4)}",
        ),
        folds=drape(t),
        cast=0.3,
    )
    c.seams(sides([t.armhole()]), 0.42)
    draw_sleeves(c, lambda j: Sleeve(t, 80, 43 + j, 58, 54, puff=7, bend=2), extra=cuff)
    c.part(
        f"*193,{t.ny + 28} *207,{t.ny + 28} *207,{t.ny + 98} *193,{t.ny + 98}",
        tex=False,
        vol=0.2,
        wide=3,
        edge=0.6,
        solid=False,
    )
    c.stitch(
        [f"194.5,{t.ny + 88} 205.5,{t.ny + 88}", f"194.5,{t.ny + 96} 205.5,{t.ny + 96}"], op=0.5, width=0.6
    )
    for i in range(r.choice((2, 3))):
        c.button(200, t.ny + 42 + i * 20, 2.7, trim if trim else None)
    shirt_collar(c, t, fall=50, spread=37, rise=13, fill=trim or mix(c.base, darker(c.base, 0.2), 0.3))
    c.stitch([f"{200 - t.hw + 1},{t.hy - 9} 200,{t.hy - 5} {200 + t.hw - 1},{t.hy - 9}"], op=0.45, width=0.6)


@kind(
    "hoodie",
    "Hoodie",
    "Felpa con cappuccio",
    70,
    "top",
    finish="cotton",
    tones="soft main light mid deep accent",
    patterns="plain rib",
)
def hoodie(c: Canvas) -> None:
    """A heavy sweatshirt with hood and pouch pocket."""
    r = c.rng
    t = Torso(
        ny=122,
        nw=36,
        sw=92,
        drop=22,
        uy=222,
        cw=104,
        wy=300,
        ww=102,
        hy=388 + r.uniform(-6, 8),
        hw=99,
        scoop=6,
    )
    ny = t.ny
    c.part(
        sym(
            f"200,{ny - 62} 228,{ny - 57} 252,{ny - 30} 252,{ny + 4} *{200 + t.nw + 6},{ny + 18} "
            f"*200,{ny + 30}"
        ),
        folds=mirror_folds([(226, ny - 52, 246, ny + 6, -6, 6)]),
        wide=9,
    )
    c.part(
        sym(f"200,{ny - 50} 220,{ny - 44} 234,{ny - 22} 230,{ny + 8} *212,{ny + 38} *200,{ny + 40}"),
        tone=0.26,
        vol=0.5,
        wide=14,
        cast=0.2,
        drop=(0, 0),
    )
    c.label(ny - 22)
    c.part(
        t.body(
            f"{pt(200, ny + 40, True)} {pt(200 + t.nw * 0.6, ny + 26)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 2)} {pt(200, t.hy + 3)}",
        ),
        folds=drape(t, 1.15),
        cast=0.4,
        wide=10,
    )
    c.seams(sides([t.armhole()]), 0.5, 1.1)
    draw_sleeves(
        c,
        lambda j: Sleeve(t, 232, 13 + j, 66, 46, puff=8, bend=6, belly=3),
        extra=lambda cv, s, turn, side: rib_cuff(cv, s, turn, side, 0.89, -1.5),
    )
    rib_hem(c, t, 22, 4)
    half = f"*200,{t.hy - 82} *238,{t.hy - 82} {262},{t.hy - 52} *272,{t.hy - 30} *270,{t.hy - 2} *200,{t.hy}"
    c.part(sym(half), vol=0.2, wide=5, edge=0.8, cast=0.3, solid=False)
    c.stitch(sides([f"240,{t.hy - 80} 260,{t.hy - 53} 269,{t.hy - 31}"]), op=0.5)
    leaf = (
        f"*199,{ny + 46} 222,{ny + 34} 244,{ny + 10} 252,{ny - 12} *246,{ny - 34} 236,{ny - 6} "
        f"222,{ny + 14} *199,{ny + 34}"
    )
    for spec in (flip(leaf), leaf):
        c.part(spec, cast=0.7, wide=6, vol=0.4)
    cord = lighter(c.base, 0.55)
    for k, ln in ((1, 62), (-1, 54)):
        c.cord(f"{200 + 12 * k},{ny + 34} {200 + 15 * k},{ny + 60} {200 + 12 * k},{ny + 40 + ln}", cord, 3)
        c.cord(f"*{200 + 12 * k},{ny + 34 + ln} *{200 + 12 * k},{ny + 45 + ln}", c.metal[1], 3)
        c.button(200 + 12 * k, ny + 33, 2.4, c.metal[1], 0)

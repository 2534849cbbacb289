"""Trench and wool coat."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import mirror_folds, pt, sides, sym
from .kinds import kind
from .palettes import darker, lighter, lightness
from .tailoring import flap, front_edge, lapels, open_back, tailored_sleeves
from .torso import Sleeve, Torso, Turn, draw_sleeves


def _trench_belt(c: Canvas, t: Torso) -> None:
    y = t.wy
    c.part(
        sym(f"200,{y - 8} *{200 + t.ww + 1},{y - 10} *{200 + t.ww + 1},{y + 8} 200,{y + 11}"),
        wide=5,
        vol=0.8,
        cast=0.5,
        solid=False,
    )
    c.stitch(
        [
            f"{200 - t.ww},{y - 7} 200,{y - 5} {200 + t.ww},{y - 7}",
            f"{200 - t.ww},{y + 5} 200,{y + 8} {200 + t.ww},{y + 5}",
        ],
        op=0.4,
        width=0.6,
    )
    c.part(
        f"*212,{y - 8} 232,{y + 30} *240,{y + 78} *222,{y + 82} 214,{y + 38} *204,{y + 6}",
        wide=5,
        vol=0.6,
        cast=0.7,
        solid=False,
    )
    x, yy = c.warp(196, y - 12)
    c.out.append(
        f'<rect x="{x:.1f}" y="{yy:.1f}" width="21" height="26" rx="2.5" fill="none" '
        f'stroke="{darker(c.base, 0.55)}" stroke-width="3.4"/>'
        f'<path d="M{x + 1:.1f},{yy + 2:.1f}v20" stroke="{lighter(c.base, 0.4)}" stroke-width="1" '
        'opacity=".7"/>'
    )


@kind(
    "trench",
    "Trench coat",
    "Trench",
    108,
    "outer",
    tones="soft main mid deep light",
    patterns="plain check",
    warp=1.3,
)
def trench(c: Canvas) -> None:
    """A belted double-breasted trench coat."""
    r = c.rng
    t = Torso(
        ny=52, nw=26, sw=66, drop=17, uy=128, cw=71, wy=204, ww=61, hy=430 + r.uniform(-14, 8), hw=91, scoop=7
    )
    open_back(c, t, 90, darker(c.base, 0.14))
    folds = mirror_folds(
        [
            (200 + t.ww - 6, 214, 200 + t.hw * 0.8, t.hy + 10, -3, 10),
            (232, 214, 243, t.hy + 10, 3, 8),
            (218, 216, 216, 300, 2, 4),
            (262, 122, 240, 190, -6, 5),
            (246, 214, 262, 290, 3, 4),
        ]
    )
    c.part(
        t.body(
            f"{pt(200, 128, True)} {pt(200 + t.nw * 0.55, 86)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 8)} {pt(200, t.hy + 6)}",
        ),
        folds=folds,
        wide=9,
        lights=[(160, 230, 150, 420, 4, 9)],
    )
    c.seams(sides([t.armhole()]), 0.45)
    front_edge(c, 148, t.hy + 6, 176)
    flapy = t.uy - 8
    c.part(
        (
            f"*{205},{t.ny + 26} *{200 + t.sw - 3},{t.sy + 6} {200 + t.cw - 9},{flapy + 4} "
            f"*{200 + t.cw - 9},{flapy + 18} {236},{flapy + 34} *{212},{flapy + 20}"
        ),
        wide=5,
        vol=0.4,
        cast=0.5,
        solid=False,
    )
    for spec in sides([f"*234,{t.wy + 42} *252,{t.wy + 34} *257,{t.wy + 76} *240,{t.wy + 84}"]):
        c.part(spec, wide=4, vol=0.2, edge=0.6, cast=0.3, solid=False)

    def cuff(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        cv.part(turn(s.band(0.8, 0.845, 2)), wide=3, turn=-side * s.angle, cast=0.3)
        x, y = s.at(0.823, 0.35)
        cv.button(x if side == 1 else 400 - x, y, 2.2)

    draw_sleeves(c, lambda j: Sleeve(t, 196, 10 + j, 42, 36, puff=6, bend=8), extra=cuff)
    for spec in sides(
        [
            (
                f"*{200 + t.nw + 12},{t.ny + 2} *{200 + t.sw - 1},{t.sy - 2} *{200 + t.sw - 3},{t.sy + 8} "
                f"*{200 + t.nw + 10},{t.ny + 13}"
            )
        ]
    ):
        c.part(spec, wide=3, vol=0.3, cast=0.4, solid=False)
    _trench_belt(c, t)
    lapels(c, t, 40, 158, 53, cross=-16)
    for y in (t.wy - 28, t.wy + 32, t.wy + 74):
        for k in (-1, 1):
            c.button(197 + 20 * k, y, 3.5)


@kind(
    "coat",
    "Wool coat",
    "Cappotto di lana",
    112,
    "outer",
    finish="wool",
    tones="main deep soft mid accent",
    patterns="plain check tweed",
    warp=1.3,
)
def coat(c: Canvas) -> None:
    """A long wool coat, single- or double-breasted."""
    r = c.rng
    double = r.random() < 0.5
    t = Torso(
        ny=50, nw=26, sw=69, drop=17, uy=132, cw=75, wy=210, ww=74, hy=444 + r.uniform(-22, 4), hw=85, scoop=7
    )
    stop = 178 if double else r.choice((168, 186))
    open_back(c, t, stop - t.ny + 4, c.palette.soft if lightness(c.base) < 0.5 else darker(c.base, 0.16))
    folds = mirror_folds(
        [
            (200 + t.cw - 3, 142, 246, 196, -8, 6),
            (250, 220, 262, t.hy + 10, 4, 10),
            (228, 250, 230, t.hy + 10, 3, 8),
            (200 + t.ww - 2, 206, 244, 232, -5, 5),
        ]
    )
    c.part(
        t.body(
            f"{pt(200, stop - (30 if double else 2), True)} {pt(200 + t.nw * 0.55, 92)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 5)} {pt(200, t.hy + 4)}",
        ),
        folds=folds,
        wide=11,
        lights=[(156, 130, 160, 410, 6, 11)],
    )
    c.seams(sides([t.armhole()]), 0.45)
    front_edge(c, stop - 2, t.hy + 4, 176 if double else 192)
    if r.random() < 0.5:
        flap(c, 226, t.wy + 34, 38, 15, 2)
    else:
        for spec in sides([f"*224,{t.wy + 30} *262,{t.wy + 31} *264,{t.wy + 74} *226,{t.wy + 74}"]):
            c.part(spec, vol=0.2, wide=5, edge=0.7, cast=0.35, solid=False)
    tailored_sleeves(c, t, 198, 9.5, 37, 0)
    lapels(c, t, r.choice((40, 46)), stop, r.choice((52, 57)), peak=double, cross=-18 if double else 4)
    for i in range(3 if double else r.choice((2, 3))):
        for k in (-1, 1) if double else (0,):
            c.button((197 if double else 200) + 21 * k, stop + 10 + i * 40, 4.2)

"""Denim jacket and biker jacket."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import mirror_folds, pt, sides, sym
from .kinds import kind
from .necks import shirt_collar
from .palettes import darker, lightness
from .tailoring import open_back
from .torso import Sleeve, Torso, Turn, drape, draw_sleeves


@kind(
    "denim-jacket",
    "Denim jacket",
    "Giacca di jeans",
    62,
    "outer",
    finish="denim",
    tones="main mid soft light deep",
    patterns="denim plain",
    warp=1.3,
)
def denim_jacket(c: Canvas) -> None:
    """A trucker jacket with topstitching and metal buttons."""
    r = c.rng
    t = Torso(
        ny=90,
        nw=33,
        sw=92,
        drop=22,
        uy=194,
        cw=100,
        wy=280,
        ww=97,
        hy=352 + r.uniform(-8, 10),
        hw=92,
        scoop=8,
    )
    thread = "#C99B5F" if lightness(c.base) < 0.75 else "#B9A88C"
    open_back(c, t, 40, darker(c.base, 0.1))
    c.part(
        t.body(
            f"{pt(200, t.ny + 26, True)} {pt(200 + t.nw * 0.7, t.ny + 10)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 2)} {pt(200, t.hy + 3)}",
        ),
        folds=drape(t, 0.8),
        wide=10,
        lights=[(150, 200, 156, 330, 4, 12), (252, 210, 246, 320, 4, 9)],
    )
    yoke = t.uy - 14
    lines = [
        t.armhole(),
        f"200,{yoke - 4} 240,{yoke} {200 + t.cw - 10},{yoke + 4}",
        f"225,{yoke} 218,{t.hy}",
        f"262,{yoke + 2} 250,{t.hy}",
    ]
    c.seams(sides(lines), 0.6, 1.1)
    c.stitch(
        sides(
            [
                f"200,{yoke - 1} 240,{yoke + 3} {200 + t.cw - 10},{yoke + 7}",
                f"222.5,{yoke} 215.5,{t.hy}",
                f"259.5,{yoke + 2} 247.5,{t.hy}",
            ]
        ),
        thread,
        0.8,
        0.9,
    )

    def cuff(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        cv.part(turn(s.band(0.9, 1, 0.8)), wide=4, turn=-side * s.angle)
        cv.stitch(
            [
                turn(f"{s.p(0.912, 0)} {s.p(0.918, 0.5)} {s.p(0.912, 1)}"),
                turn(f"{s.p(0.988, 0)} {s.p(0.994, 0.5)} {s.p(0.988, 1)}"),
            ],
            thread,
            0.8,
        )
        x, y = s.at(0.95, 0.22)
        cv.button(x if side == 1 else 400 - x, y, 2.7, cv.metal[1], 0)

    draw_sleeves(c, lambda j: Sleeve(t, 236, 12.5 + j, 56, 42, puff=6, bend=8), extra=cuff)
    c.part(
        sym(f"200,{t.hy - 2} *{200 + t.hw},{t.hy - 3} *{200 + t.hw - 1},{t.hy + 20} 200,{t.hy + 23}"),
        wide=5,
        vol=0.7,
    )
    c.stitch(
        [
            f"{200 - t.hw + 2},{t.hy} 200,{t.hy + 1.5} {200 + t.hw - 2},{t.hy}",
            f"{200 - t.hw + 2},{t.hy + 17} 200,{t.hy + 20} {200 + t.hw - 2},{t.hy + 17}",
        ],
        thread,
        0.8,
    )
    for spec in sides([f"*222,{yoke - 7} *266,{yoke - 4} *266,{yoke + 11} *244,{yoke + 22} *222,{yoke + 9}"]):
        c.part(spec, vol=0.2, wide=3, edge=0.6, cast=0.4, solid=False)
    c.stitch(sides([f"*224,{yoke + 8} *244,{yoke + 19.5} *264,{yoke + 9.5}"]), thread, 0.8)
    c.seams([f"192,{t.ny + 26} 192,{t.hy + 22}", f"208,{t.ny + 26} 208,{t.hy + 22}"], 0.6)
    c.stitch([f"194,{t.ny + 28} 194,{t.hy + 20}", f"206,{t.ny + 28} 206,{t.hy + 20}"], thread, 0.75)
    for k in (-1, 1):
        c.button(200 + 44 * k, yoke + 12, 2.9, c.metal[1], 0)
    for i in range(6):
        c.button(200, t.ny + 52 + i * (t.hy - t.ny - 40) / 5, 3.4, c.metal[1], 0)
    shirt_collar(c, t, fall=52, spread=42, rise=14)


@kind(
    "biker",
    "Biker jacket",
    "Chiodo",
    60,
    "outer",
    finish="leather",
    tones="deep main mid soft accent",
    patterns="leather plain",
    warp=1.2,
)
def biker(c: Canvas) -> None:
    """An asymmetric leather jacket."""
    r = c.rng
    t = Torso(
        ny=88, nw=34, sw=89, drop=22, uy=190, cw=96, wy=276, ww=86, hy=358 + r.uniform(-8, 8), hw=90, scoop=9
    )
    open_back(c, t, 90, c.palette.soft if lightness(c.base) < 0.5 else darker(c.base, 0.2))
    c.part(
        t.body(
            f"{pt(200, t.ny + 92, True)} {pt(200 + t.nw * 0.66, t.ny + 26)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 2)} {pt(200, t.hy + 3)}",
        ),
        folds=drape(t, 1),
        wide=10,
        lights=mirror_folds([(146, 200, 150, 330, 4, 8), (236, 220, 232, 320, 4, 5)]),
    )
    c.seams(
        sides(
            [
                t.armhole(),
                f"{200 + t.cw * 0.55},{t.uy - 4} {200 + t.ww * 0.6},{t.wy} {200 + t.hw * 0.6},{t.hy}",
                f"{200 + t.nw + 6},{t.ny + 12} {200 + t.sw - 4},{t.sy + 14}",
            ]
        ),
        0.6,
        1.1,
    )

    def cuff(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        x1, y1 = s.at(0.78, 0.3)
        x2, y2 = s.at(0.99, 0.3)
        cv.zip(turn(f"{x1:.1f},{y1:.1f} {x2:.1f},{y2:.1f}"), 2.4)

    draw_sleeves(c, lambda j: Sleeve(t, 238, 12.5 + j, 50, 38, puff=6, bend=10), extra=cuff)
    c.part(
        sym(f"200,{t.hy - 20} *{200 + t.hw - 1},{t.hy - 22} *{200 + t.hw - 1},{t.hy + 2} 200,{t.hy + 5}"),
        wide=5,
        vol=0.7,
        solid=False,
    )
    c.zip(f"178,{t.ny + 122} 179,{t.wy - 30} 186,{t.hy}", 3.4, (185.5, t.hy - 16))
    c.zip(f"*{270},{t.uy + 2} *{246},{t.uy + 36}", 2.8, (247, t.uy + 34))
    c.zip(f"*{262},{t.wy + 14} *{240},{t.wy + 58}", 2.8, (241, t.wy + 54))
    c.zip(f"*{138},{t.wy + 14} *{158},{t.wy + 58}", 2.8, (157, t.wy + 54))
    for x in (-1, 1):
        stop = (-27, 116) if x < 0 else (-19, 130)
        tip = (200 + x * 66, t.ny + 38)
        end = (200 + stop[0], t.ny + stop[1])
        run = (end[0] - tip[0], end[1] - tip[1])
        leaf = (
            f"*{200 + x * t.nw * 0.8},{t.ny + 12} *{200 + x * (t.nw + 14)},{t.ny + 34} *{tip[0]},{tip[1]} "
            f"{tip[0] + run[0] * 0.35 + 3 * x},{tip[1] + run[1] * 0.35} "
            f"{tip[0] + run[0] * 0.7 + 2 * x},{tip[1] + run[1] * 0.7} *{end[0]},{end[1]} "
            f"{end[0] + (200 + x * t.nw * 0.5 - end[0]) * 0.5},{t.ny + 82} {200 + x * t.nw * 0.6},{t.ny + 46}"
        )
        c.part(
            leaf,
            cast=1,
            drop=(0, 4),
            wide=7,
            vol=0.5,
            lights=[(200 + x * 52, t.ny + 48, 200 + x * 22, t.ny + 104, 3, 5)],
        )
        c.button(200 + x * 56, t.ny + 46, 2.4, c.metal[1], 0)
        col = (
            f"*{200 + x * t.nw * 0.6},{t.ny + 24} *{200 + x * (t.nw + 17)},{t.ny + 33} "
            f"*{200 + x * (t.nw + 27)},{t.ny + 20} "
            f"{200 + x * (t.nw + 10)},{t.ny + 2} *{200 + x * (t.nw - 5)},{t.ny - 13} "
            f"{200 + x * t.nw * 0.7},{t.ny + 8}"
        )
        c.part(col, cast=0.8, wide=5, vol=0.4)
    c.part(
        f"*{150},{t.hy - 19} *{246},{t.hy - 15} *{246},{t.hy - 3} *{150},{t.hy - 5}",
        wide=4,
        vol=0.3,
        cast=0.5,
        solid=False,
    )
    bx, by = c.warp(240, t.hy - 19)
    c.out.append(
        f'<rect x="{bx:.1f}" y="{by:.1f}" width="15" height="18" rx="1.5" fill="none" '
        f'stroke="{c.metal_fill()}" stroke-width="2.4"/>'
    )

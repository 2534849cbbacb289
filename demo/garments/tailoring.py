"""What is cut and pressed: lapels, flaps, blazer and waistcoat."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import flip, pt, sides, sym
from .kinds import kind
from .palettes import darker, lightness
from .torso import Sleeve, Torso, Turn, drape, draw_sleeves


def lapels(
    c: Canvas,
    t: Torso,
    gorge: float,
    stop: float,
    width: float,
    *,
    peak: bool = False,
    cross: float = 5,
    collar: str | None = None,
) -> None:
    """Notched or peaked lapels and the collar above them, left side over right."""
    ny, nw = t.ny, t.nw
    up = -13 if peak else 0
    tip_x, tip_y = 200 + width + (5 if peak else 2), ny + gorge - 4 + up
    run_x, run_y = 200 + cross - tip_x, stop - tip_y
    lapel = " ".join(
        (
            pt(200 + nw * 0.8, ny + 8, True),
            pt(200 + nw + 12, ny + gorge - 8, True),
            pt(tip_x, tip_y, True),
            pt(tip_x + run_x * 0.3 + 2.6, tip_y + run_y * 0.3),
            pt(tip_x + run_x * 0.68 + 2.4, tip_y + run_y * 0.68),
            pt(200 + cross, stop, True),
            pt(200 + nw * 0.2, stop - (stop - ny) * 0.3),
            pt(200 + nw * 0.5, ny + gorge * 0.75),
        )
    )
    neck = " ".join(
        (
            pt(200 + nw * 0.62, ny + gorge * 0.55, True),
            pt(200 + nw + 16, ny + gorge - 7, True),
            pt(200 + nw + 27, ny + gorge - 17, True),
            pt(200 + nw + 12, ny + 8),
            pt(200 + nw + 2, ny - 9),
            pt(200 + nw - 5, ny - 13, True),
            pt(200 + nw * 0.7, ny + 12),
        )
    )
    for turn, spec in ((24, flip(lapel)), (-24, lapel)):
        c.part(spec, cast=0.9, drop=(0, 3), wide=6, vol=0.4, turn=turn)
    for turn, spec in ((-30, flip(neck)), (30, neck)):
        c.part(spec, cast=0.8, drop=(0, 2), wide=5, vol=0.35, turn=turn, fill=collar)


def open_back(c: Canvas, t: Torso, depth: float, lining: str | None = None) -> None:
    """Inside of a jacket: back collar and lining."""
    c.part(
        sym(
            f"200,{t.ny - 14} {200 + t.nw * 0.6},{t.ny - 14} *{200 + t.nw - 4},{t.ny - 12} "
            f"*{200 + t.nw},{t.ny + 12} *200,{t.ny + depth}"
        ),
        fill=lining or darker(c.base, 0.2),
        vol=0.5,
        wide=14,
    )
    c.part(
        sym(
            f"200,{t.ny - 14} {200 + t.nw * 0.6},{t.ny - 14} *{200 + t.nw - 4},{t.ny - 12} "
            f"{200 + t.nw * 0.6},{t.ny + 1} 200,{t.ny + 3}"
        ),
        tone=0.1,
        vol=0.3,
        wide=5,
        solid=False,
    )
    c.label(t.ny + 7, 24, 10)


def flap(c: Canvas, x: float, y: float, w: float, h: float = 17, slant: float = 3) -> None:
    """A pocket flap and its twin on the other side."""
    for spec in sides([f"*{x},{y} *{x + w},{y + slant} *{x + w + 1},{y + h + slant} *{x + 0.5},{y + h}"]):
        c.part(spec, vol=0.2, wide=4, edge=0.7, cast=0.4, solid=False)


def front_edge(c: Canvas, y0: float, y1: float, x: float, curve: float = 0) -> None:
    """The overlapping front edge with its shadow."""
    end = f"{x},{y1 - curve} {x + curve * 0.6},{y1 + 1}" if curve else f"*{x},{y1}"
    c.fill(f"*{x},{y0} {end} *{x - 7},{y1} {x - 4},{(y0 + y1) / 2}", darker(c.base, 0.75), 0.2, "s", c.main)
    c.seams([f"{x},{y0} {end}"], 0.65, 1)


def tailored_sleeves(c: Canvas, t: Torso, length: float, angle: float, cuff: float, buttons: int = 3) -> None:
    """Two-piece sleeves with cuff buttons."""

    def vent(cv: Canvas, s: Sleeve, turn: Turn, side: int) -> None:
        for i in range(buttons):
            x, y = s.at(0.955 - i * 0.032, 0.16)
            cv.button(x if side == 1 else 400 - x, y, 2.4)

    draw_sleeves(c, lambda j: Sleeve(t, length, angle + j, 52, cuff, puff=7, bend=9), extra=vent)


@kind(
    "blazer",
    "Blazer",
    "Blazer",
    74,
    "outer",
    finish="wool",
    tones="main deep soft mid light accent",
    patterns="plain check pinstripe tweed",
    warp=1.1,
)
def blazer(c: Canvas) -> None:
    """A single- or double-breasted blazer."""
    r = c.rng
    double = r.random() < 0.42
    t = Torso(
        ny=80,
        nw=34,
        sw=90,
        drop=22,
        uy=186,
        cw=94,
        wy=262,
        ww=82 + r.uniform(-2, 5),
        hy=382 + r.uniform(-8, 12),
        hw=101,
        scoop=9,
    )
    stop = 258 if double else r.choice((242, 256, 226))
    open_back(c, t, stop - t.ny + 4, c.palette.soft if lightness(c.base) < 0.5 else darker(c.base, 0.16))
    hem = (
        f"{pt(200 + t.hw * 0.4, t.hy + 4)} {pt(200, t.hy + 3)}"
        if double
        else (
            f"{pt(200 + t.hw * 0.5, t.hy + 5)} {pt(200 + 30, t.hy + 4)} {pt(200 + 6, t.hy - 14)} "
            f"{pt(200, t.hy - 34, True)}"
        )
    )
    c.part(
        t.body(f"{pt(200, stop - (26 if double else 0), True)} {pt(200 + t.nw * 0.55, t.ny + 46)}", hem),
        folds=drape(t, 0.85),
        wide=9,
        lights=[(150, 150, 160, 330, 6, 12)],
    )
    c.seams(sides([t.armhole()]), 0.45)
    c.seams(
        sides([f"{200 + t.cw * 0.5},{t.uy + 26} {200 + t.ww * 0.48},{t.wy} {200 + t.hw * 0.5},{t.hy - 70}"]),
        0.35,
    )
    front_edge(c, stop - 2, t.hy + 2 if double else t.hy - 22, 172 if double else 194, 0 if double else 16)
    flap(c, 236, t.hy - 84, 47)
    tailored_sleeves(c, t, 238, 11.5, 38)
    c.part(
        flip(f"*{226},{t.uy - 2} *{262},{t.uy - 8} *{262},{t.uy + 2} *{226},{t.uy + 8}"),
        vol=0.2,
        wide=3,
        edge=0.6,
        solid=False,
    )
    lapels(
        c,
        t,
        r.choice((44, 50)),
        stop,
        60 if double else r.choice((50, 56)),
        peak=double,
        cross=-26 if double else 4,
    )
    tone = r.choice((None, None, c.metal[1]))
    if double:
        for row, dx in ((stop + 8, 24), (stop + 44, 24), (stop - 32, 34)):
            for k in (-1, 1):
                c.button(198 + dx * k, row, 4.6, tone, 0 if tone else 4)
    else:
        for i in range(1 if stop > 250 else 2):
            c.button(200, stop + 8 + i * 38, 4.8, tone, 0 if tone else 4)


@kind(
    "waistcoat",
    "Waistcoat",
    "Gilet",
    58,
    "top",
    finish="wool",
    tones="main deep soft mid light",
    patterns="plain pinstripe check tweed",
    warp=1.1,
)
def waistcoat(c: Canvas) -> None:
    """A tailored waistcoat with pointed hem."""
    r = c.rng
    t = Torso(ny=80, nw=36, sw=68, drop=16, uy=196, cw=88, wy=280, ww=79, hy=356, hw=86, scoop=16)
    stop = r.choice((188, 206, 172))
    c.part(
        t.back_neck(stop - t.ny + 10, 8),
        fill=c.palette.soft if lightness(c.base) < 0.5 else darker(c.base, 0.2),
        vol=0.6,
        wide=14,
    )
    c.label(t.ny + 2, 22)
    c.part(
        t.body(
            f"{pt(200, stop, True)} {pt(200 + t.nw * 0.7, t.ny + (stop - t.ny) * 0.4)}",
            f"{pt(200 + 32, t.hy + 32, True)} {pt(200, t.hy + 2, True)}",
        ),
        folds=drape(t, 0.8),
        wide=8,
    )
    c.seams(
        sides(
            [
                f"{200 + t.cw * 0.52},{t.uy + 34} {200 + t.ww * 0.5},{t.wy} {200 + t.hw * 0.52},{t.hy + 20}",
                (
                    f"{200 + t.nw + 4},{t.ny + 3} {200 + t.nw * 0.7 + 5},{t.ny + (stop - t.ny) * 0.4} "
                    f"205,{stop + 4}"
                ),
            ]
        ),
        0.35,
    )
    front_edge(c, stop, t.hy + 6, 194)
    for y in (t.hy - 62, t.uy + 26):
        for spec in sides([f"*228,{y + 4} *268,{y - 3} *268,{y + 7} *228,{y + 14}"]):
            c.part(spec, vol=0.2, wide=3, edge=0.6, cast=0.3, solid=False)
    for i in range(5):
        c.button(200, stop + 12 + i * (t.hy - stop - 30) / 4.4, 3.5)

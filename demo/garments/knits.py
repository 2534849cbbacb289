"""Jumper and cardigan."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import pt, sides, sym
from .kinds import kind
from .necks import back, crew, neckband, rib_cuff, rib_hem
from .torso import Sleeve, Torso, drape, draw_sleeves


@kind(
    "jumper",
    "Knit jumper",
    "Maglione",
    64,
    "top",
    finish="knit",
    tones="light main soft mid accent deep",
    patterns="cable rib plain breton",
)
def jumper(c: Canvas) -> None:
    """A relaxed jumper: crew or roll neck, ribbed edges."""
    r = c.rng
    t = Torso(
        ny=104,
        nw=35,
        sw=92,
        drop=24,
        uy=210,
        cw=104,
        wy=290,
        ww=101,
        hy=366 + r.uniform(-10, 8),
        hw=98,
        scoop=6,
    )
    roll = r.random() < 0.45
    depth = 20 if roll else r.choice((24, 28))
    back(c, t, depth, 8, not roll)
    c.part(
        t.body(crew(t, depth), f"{pt(200 + t.hw * 0.5, t.hy + 2)} {pt(200, t.hy + 3)}"),
        folds=drape(t, 1.1),
        cast=0.4,
        wide=11,
    )
    c.seams(sides([t.armhole()]), 0.5, 1.2)
    draw_sleeves(
        c,
        lambda j: Sleeve(t, 236, 13 + j, 66, 44, puff=8, bend=6, belly=3),
        extra=lambda cv, s, turn, side: rib_cuff(cv, s, turn, side, 0.88, -1.5),
    )
    rib_hem(c, t, 24, 4)
    if roll:
        ny, nw = t.ny, t.nw
        top = ny - 38
        half = (
            f"200,{ny + 27} {200 + nw * 0.7},{ny + 20} *{200 + nw + 4},{ny - 3} {200 + nw},{ny - 24} "
            f"*{200 + nw - 3},{top + 1} "
            f"{200 + nw * 0.6},{top - 3} 200,{top - 4}"
        )
        c.part(sym(half), tex="rib", cast=0.7, wide=9, tone=0.02)
        c.part(
            sym(
                f"200,{top - 5} {200 + nw * 0.6},{top - 4} *{200 + nw - 4},{top + 1} "
                f"{200 + nw * 0.5},{top + 6} 200,{top + 7}"
            ),
            tex=False,
            tone=0.28,
            vol=0,
            wide=5,
            solid=False,
        )
    else:
        neckband(c, t, depth, 13)


@kind(
    "cardigan",
    "Cardigan",
    "Cardigan",
    66,
    "top",
    finish="knit",
    tones="soft light main mid accent deep",
    patterns="rib plain cable",
)
def cardigan(c: Canvas) -> None:
    """A V-neck cardigan with a ribbed button band."""
    r = c.rng
    t = Torso(
        ny=88,
        nw=34,
        sw=86,
        drop=24,
        uy=190,
        cw=96,
        wy=276,
        ww=93,
        hy=370 + r.uniform(-14, 12),
        hw=95,
        scoop=7,
    )
    vy = r.choice((178, 205, 150))
    c.part(t.back_neck(vy - t.ny, 8), tone=0.17, vol=0.4, wide=14)
    c.label(t.ny + 2)
    c.part(
        t.body(
            f"{pt(200, vy, True)} {pt(200 + t.nw * 0.66, t.ny + (vy - t.ny) * 0.45)}",
            f"{pt(200 + t.hw * 0.5, t.hy + 2)} {pt(200, t.hy + 3)}",
        ),
        folds=drape(t),
        cast=0.4,
        wide=10,
    )
    c.seams(sides([t.armhole()]), 0.5, 1.1)
    draw_sleeves(
        c,
        lambda j: Sleeve(t, 240, 12.5 + j, 60, 42, puff=7, bend=6, belly=2),
        extra=lambda cv, s, turn, side: rib_cuff(cv, s, turn, side, 0.9, -1),
    )
    rib_hem(c, t, 22, 3)
    end = t.hy + 25
    band = (
        f"*{200 + t.nw},{t.ny} {200 + t.nw * 0.66},{t.ny + (vy - t.ny) * 0.45} *206.5,{vy + 4} "
        f"*206.5,{end} *193.5,{end} *193.5,{vy} "
        f"{200 + t.nw * 0.66 - 12},{t.ny + (vy - t.ny) * 0.36} *{200 + t.nw - 11},{t.ny - 5}"
    )
    low = (
        f"*{200 - t.nw},{t.ny} {200 - t.nw * 0.66},{t.ny + (vy - t.ny) * 0.45} *194,{vy + 8} "
        f"*203,{vy + 6} *206,{vy - 3} "
        f"{200 - t.nw * 0.66 + 12},{t.ny + (vy - t.ny) * 0.36} *{200 - t.nw + 11},{t.ny - 5}"
    )
    c.part(low, tex="rib", wide=4, cast=0.4, tone=0.02)
    c.part(band, tex="rib", wide=4, cast=0.5, tone=0.02)
    n = 5 if vy < 190 else 4
    tone = c.rng.choice((None, "#5B4636", "#EFE6D6"))
    for i in range(n):
        c.button(200, vy + 10 + (end - vy - 24) * i / (n - 1), 4.3, tone)
    if r.random() < 0.6:
        for side in sides([f"*{222},{t.hy - 66} *{270},{t.hy - 66} *{270},{t.hy - 10} *{222},{t.hy - 10}"]):
            c.part(side, vol=0.2, wide=4, edge=0.7, solid=False)
        c.seams(sides([f"222,{t.hy - 56} 270,{t.hy - 56}"]), 0.4, 1)

"""Trousers, jeans and shorts."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import Fold, mirror_folds, sides, sym
from .kinds import kind
from .palettes import darker, lightness
from .skirts import waistband


def trouser_spec(
    w: float,
    hip: float,
    crotch: float,
    knee: tuple[float, float],
    foot: tuple[float, float, float],
    top: float = 40,
) -> str:
    """Outline: half waist, half hip, crotch height, knee (inner, outer), foot (inner, outer, y)."""
    mid = (crotch + foot[2]) / 2
    return sym(
        f"200,{top + 6} *{200 + w},{top} {200 + hip - 2},{top + (crotch - top) * 0.55} "
        f"{200 + hip},{crotch - 6} {200 + knee[1]},{mid} "
        f"*{200 + foot[1]},{foot[2]} {200 + (foot[0] + foot[1]) / 2},{foot[2] + 5} "
        f"*{200 + foot[0]},{foot[2] + 1} {200 + knee[0]},{mid} *200,{crotch}"
    )


def leg_folds(hip: float, crotch: float, knee: tuple[float, float], low: float) -> list[Fold]:
    """Whiskers at the crotch, knees, breaks at the hem."""
    mid = (crotch + low) / 2
    k = (knee[0] + knee[1]) / 2
    return mirror_folds(
        [
            (202, crotch - 6, 200 + hip * 0.62, crotch - 26, -4, 5),
            (203, crotch + 4, 200 + hip * 0.72, crotch + 6, 3, 6),
            (200 + hip - 2, crotch - 22, 200 + hip * 0.5, crotch + 20, -6, 6),
            (200 + knee[0], mid - 12, 200 + k + 10, mid + 6, 4, 5),
            (200 + knee[1], mid + 6, 200 + k, mid + 30, -4, 5),
            (200 + knee[0] + 6, crotch + 30, 200 + k - 4, low + 10, 3, 8),
            (200 + knee[1] - 6, crotch + 40, 200 + k + 14, low + 10, -3, 7),
        ]
    )


def fly(c: Canvas, top: float, crotch: float, color: str | None = None) -> None:
    """Centre seam and the J of the fly."""
    c.seams([f"200,{top} 200,{crotch}"], 0.6)
    c.stitch([f"213,{top + 2} 213,{crotch - 44} 208,{crotch - 28} 200,{crotch - 22}"], color, 0.6)


@kind(
    "trousers",
    "Tailored trousers",
    "Pantaloni sartoriali",
    104,
    "bottom",
    finish="wool",
    tones="main deep soft mid light accent",
    patterns="plain pinstripe check tweed",
    warp=1.2,
)
def trousers(c: Canvas) -> None:
    """Pressed trousers with a crease."""
    r = c.rng
    low = 466 + r.uniform(-20, 2)
    c.part(
        trouser_spec(58, 78, 168, (8, 71), (12, 64, low)),
        folds=leg_folds(78, 168, (8, 71), low),
        wide=8,
        lights=[(150, 120, 160, low, 2, 7), (236, 120, 238, low, 2, 6)],
    )
    crease = sides([f"236,84 240,200 237,{low + 2}"])
    for spec in crease:
        c.stroke(spec, darker(c.base, 0.6), 1.1, 0.5)
    c.fill(f"*236,84 240,200 *237,{low} *241,{low} 244,200", darker(c.base, 0.6), 0.14, "s", c.main)
    c.fill(f"*164,84 160,200 *163,{low} *167,{low} 164,200", darker(c.base, 0.6), 0.14, "s", c.main)
    c.seams(sides(["257,58 266,96 274,112", "226,56 229,82"]), 0.5)
    fly(c, 52, 168)
    waistband(c, 34, 57, 19, 2)
    c.seams(sides(["232,40 233,60", "236,39 237,59"]), 0.45)
    c.button(200, 51, 3)


@kind(
    "wide-trousers",
    "Wide trousers",
    "Pantaloni a palazzo",
    108,
    "bottom",
    tones="light soft main deep mid accent",
    patterns="plain satin pinstripe check",
    warp=1.4,
)
def wide_trousers(c: Canvas) -> None:
    """High-waisted wide trousers with pleats."""
    r = c.rng
    low = 466 + r.uniform(-12, 3)
    wide = 108 + r.uniform(-10, 14)
    folds = mirror_folds(
        [
            (226, 66, 232, 150, 2, 6),
            (240, 66, 252, 160, 3, 5),
            (203, 176, 244, 150, -5, 5),
            (236, 130, 246, low + 10, 2, 10),
            (222, 200, 222, low + 10, -2, 9),
            (266, 160, 280, low + 10, 4, 10),
            (276, 130, 240, 190, -8, 6),
        ]
    )
    c.part(
        trouser_spec(56, 82, 182, (5, 92), (9, wide, low), 44),
        folds=folds,
        wide=9,
        lights=[(150, 160, 136, low, -3, 10), (246, 180, 258, low, 3, 8)],
    )
    c.seams(
        sides([f"229,66 244,230 {200 + wide * 0.54},{low}", "218,66 221,96", "256,66 268,104 276,118"]), 0.38
    )
    fly(c, 60, 180)
    waistband(c, 36, 55, 24, 2)
    if r.random() < 0.5:
        c.part("*150,50 *250,50 *250,63 *150,63", tone=0.06, wide=3, vol=0.7, cast=0.4, solid=False)
        c.part("*206,48 *226,48 *226,66 *206,66", fill=c.palette.deep, wide=3, vol=0.3, cast=0.5, solid=False)
    else:
        c.button(192, 56, 3)
        c.button(208, 56, 3)


@kind(
    "jeans",
    "Jeans",
    "Jeans",
    103,
    "bottom",
    finish="denim",
    tones="main mid soft light deep",
    patterns="denim plain",
    warp=1.4,
)
def jeans(c: Canvas) -> None:
    """Five-pocket jeans: straight, slim or flared."""
    r = c.rng
    low = 466 + r.uniform(-16, 2)
    foot, knee = r.choice((((12, 58), (8, 68)), ((16, 50), (11, 62)), ((4, 72), (11, 62))))
    thread = "#C99B5F" if lightness(c.base) < 0.8 else "#B9A88C"
    worn = [(166, 130, 158, 300, 0, 16), (238, 130, 240, 300, 0, 14)] if lightness(c.base) < 0.7 else []
    c.part(
        trouser_spec(60, 82, 162, knee, (*foot, low), 44),
        folds=leg_folds(82, 162, knee, low),
        lights=worn,
        wide=9,
    )
    c.seams(
        sides(
            [
                "*257,62 262,84 *276,95",
                f"{200 + 78},170 {200 + knee[1] - 6},{(162 + low) / 2} {200 + foot[1] - 4},{low}",
            ]
        ),
        0.5,
    )
    c.stitch(
        sides(
            [
                "254,62 259,87 275,98",
                f"203,168 {200 + knee[0] + 3},{(162 + low) / 2} {200 + foot[0] + 3},{low}",
                (
                    f"{200 + foot[0]},{low - 10} {200 + (foot[0] + foot[1]) / 2},{low - 6} "
                    f"{200 + foot[1]},{low - 11}"
                ),
            ]
        ),
        thread,
        0.75,
    )
    c.stitch(
        ["262,83 268,79 274,82", "210,62 210,112 206,132 200,140", "213,62 213,113 208,135 200,143"],
        thread,
        0.75,
    )
    fly(c, 60, 162, thread)
    waistband(c, 38, 59, 20, 2)
    c.stitch(["143,46 200,54 257,46", "141,58 200,66 259,58"], thread, 0.75)
    for spec in sides(["*230,40 *236,39 *238,64 *232,65"]):
        c.part(spec, wide=2, vol=0.2, cast=0.4, solid=False)
    c.button(200, 57, 4, c.metal[1], 0)
    for k in (1, -1):
        c.button(200 + 54 * k, 68, 1.4, c.metal[1], 0)
        c.button(200 + 73 * k, 95, 1.4, c.metal[1], 0)


@kind(
    "shorts",
    "Shorts",
    "Bermuda",
    46,
    "bottom",
    tones="soft light main mid accent deep",
    patterns="plain denim check pinstripe gingham",
    warp=1.5,
)
def shorts(c: Canvas) -> None:
    """Tailored or casual shorts."""
    r = c.rng
    low = 366 + r.uniform(-26, 22)
    wide = 136 + r.uniform(-6, 10)
    folds = mirror_folds(
        [
            (204, 252, 270, 214, -6, 8),
            (205, 266, 280, 262, 4, 8),
            (316, 210, 262, 262, -8, 9),
            (240, 150, 248, low, 3, 9),
            (286, 170, 300, low + 8, 4, 9),
        ]
    )
    c.part(
        sym(
            f"200,136 *290,126 {316},196 {326},250 *{200 + wide},{low} {200 + wide * 0.55},{low + 9} "
            f"*{211},{low + 5} *200,258"
        ),
        folds=folds,
        wide=11,
        lights=[(140, 160, 128, low, -3, 13), (256, 170, 262, low, 3, 9)],
    )
    c.seams(sides(["284,152 296,190 316,204", "238,150 243,190"]), 0.5)
    c.fill("*243,150 250,210 *256,300 *250,300 246,210", darker(c.base, 0.7), 0.2, "s", c.main)
    cuff = f"{200 + wide - 1},{low - 24} {200 + wide * 0.55},{low - 14} 210,{low - 18}"
    c.seams(sides([cuff]), 0.5)
    c.stitch(sides([f"{200 + wide - 1},{low - 20} {200 + wide * 0.55},{low - 10} 210,{low - 14}"]), op=0.4)
    fly(c, 146, 256)
    waistband(c, 106, 88, 26, 3)
    c.seams(sides(["248,112 250,140", "254,111 256,139"]), 0.45)
    if r.random() < 0.5:
        c.cord("196,128 190,160 194,190", darker(c.palette.light, 0.05), 3)
        c.cord("204,128 212,156 206,182", darker(c.palette.light, 0.05), 3)
    else:
        c.button(200, 130, 4)

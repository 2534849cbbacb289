"""Slip dress and evening dress."""

from __future__ import annotations

from .canvas import Canvas
from .drape import hem_wave
from .geometry import flip, mirror_folds, pt, sides, sym
from .kinds import kind
from .palettes import darker


@kind(
    "slip-dress",
    "Slip dress",
    "Abito sottoveste",
    118,
    "full",
    finish="satin",
    tones="soft main deep accent light mid",
    patterns="satin floral-small satin",
)
def slip_dress(c: Canvas) -> None:
    """A bias-cut satin slip with thin straps and a cowl or V neck."""
    r = c.rng
    hem, cowl = 456 + r.uniform(-40, 4), r.random() < 0.55
    c.part(sym("200,126 234,118 *247,106 *249,146 *200,176"), tone=0.24, vol=0.4, wide=10)
    for k in (1, -1):
        c.cord(f"{200 + 44 * k},104 {200 + 38 * k},72 {200 + 29 * k},42", c.base, 2.6)
    neck = "200,140 222,130 *246,101" if cowl else "*200,143 222,124 *245,100"
    spec = f"{neck} 254,120 *260,140 254,172 248,198 260,248 270,320 {hem_wave(88, hem, 2, 4)}"
    folds = mirror_folds(
        [
            (262, 152, 226, 176, -5, 6),
            (248, 196, 212, 216, -6, 6),
            (256, 240, 212, 226, 8, 5),
            (236, 236, 262, hem, 10, 11),
            (214, 262, 226, hem, 4, 9),
        ]
    )
    folds.append((196, 230, 178, hem, -10, 11))
    if cowl:
        folds += [(162, 112, 238, 114, 38, 5), (172, 112, 230, 114, 52, 4), (158, 122, 244, 126, 62, 5)]
    c.part(
        sym(spec),
        folds=folds,
        wide=9,
        lights=[
            (172, 180, 158, hem - 20, -8, 12),
            (228, 200, 240, hem - 40, 8, 8),
            (200, 250, 206, 430, 4, 7),
        ],
    )
    if cowl:
        c.seams(["155,104 178,133 200,142 222,133 245,104"], 0.4)
    else:
        c.seams(["155,104 178,127 200,147 222,127 245,104", "200,146 200,180"], 0.4)
        c.seams(sides(["200,178 230,179 253,170"]), 0.3)
    c.stitch([f"120,{hem} 160,{hem + 5} 200,{hem + 3} 240,{hem + 5} 280,{hem}"], op=0.2, width=0.6)


@kind(
    "evening-dress",
    "Evening dress",
    "Abito da sera",
    150,
    "full",
    finish="satin",
    tones="deep main accent soft mid",
    patterns="satin satin plain",
)
def evening_dress(c: Canvas) -> None:
    """A floor-length column: one shoulder, off-shoulder or strapless."""
    r = c.rng
    style, slit = r.choice(("one", "off", "strapless")), r.random() < 0.5
    wide = 92 + r.uniform(-8, 16)
    if style != "one":
        c.part(sym("200,98 226,92 *236,88 *237,110 *200,124"), tone=0.26, vol=0.4, wide=8, tex=False)
    tail = "240,120 *246,132 242,154 *235,182 246,214 251,250 250,330"
    right = f"{tail} {hem_wave(wide, 470, 2, 4)}"
    if style == "one":
        left = flip(
            f"{pt(200, 478)} {' '.join(reversed(hem_wave(wide, 470, 2, 4).split()[:-1]))} 250,330 "
            "251,250 246,214 *235,182 242,154 *246,132 241,116 *238,98"
        )
        spec = f"*212,38 *230,33 246,60 {right} {left} 190,96 204,66"
    else:
        spec = sym(f"*200,{100 if style == 'strapless' else 104} 218,88 *238,84 {right}")
    folds = mirror_folds(
        [
            (236, 184, 206, 200, -3, 5),
            (238, 180, 204, 168, 4, 5),
            (244, 132, 212, 150, -4, 5),
            (236, 230, 258, 480, 8, 10),
            (216, 220, 228, 480, 3, 9),
        ]
    )
    folds += [(190, 250, 176, 480, -5, 10), (164, 196, 214, 176, 5, 5), (166, 206, 220, 184, 5, 4)]
    c.part(
        spec,
        folds=folds,
        wide=8,
        lights=[(178, 120, 176, 240, 3, 7), (182, 240, 150, 470, -8, 11), (222, 240, 236, 460, 6, 7)],
    )
    if style == "off":
        for k in (1, -1):
            c.part(
                (
                    f"*{200 + 6 * k},108 {200 + 30 * k},84 {200 + 58 * k},72 *{200 + 70 * k},82 "
                    f"{200 + 70 * k},100 *{200 + 58 * k},114 {200 + 36 * k},112 *{200 + 8 * k},128"
                ),
                wide=6,
                cast=0.6,
                folds=[
                    (200 + 10 * k, 112, 200 + 62 * k, 84, 4 * k, 4),
                    (200 + 10 * k, 118, 200 + 58 * k, 100, 3 * k, 4),
                ],
            )
    elif style == "one":
        c.seams(["163,98 190,97 205,68 214,40"], 0.35)
    if slit:
        c.fill("*226,300 232,380 *250,478 *236,479 228,400", darker(c.base, 0.75), 0.75, "s", c.main)
        c.seams(["226,298 231,380 248,476"], 0.5)
    c.seams(sides(["200,183 220,182 235,181"]), 0.4)

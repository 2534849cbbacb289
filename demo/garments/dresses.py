"""Day dresses: summer dress, shirt dress, jumpsuit."""

from __future__ import annotations

from .canvas import Canvas
from .drape import hem_wave, skirt_folds
from .geometry import mirror_folds, pt, sides, sym
from .kinds import kind
from .necks import barrel_cuff, placket, shirt_collar
from .palettes import darker
from .torso import Sleeve, Torso, draw_sleeves


@kind(
    "summer-dress",
    "Summer dress",
    "Abito estivo",
    112,
    "full",
    tones="light accent soft main mid",
    patterns="floral-large floral-small dot gingham plain",
)
def summer_dress(c: Canvas) -> None:
    """A strappy dress with fitted bodice and full skirt."""
    r = c.rng
    hem, wide, tier = 440 + r.uniform(-26, 8), 116 + r.uniform(-10, 14), r.random() < 0.5
    c.part(sym("200,118 232,112 *244,104 *246,150 *200,170"), tone=0.2, vol=0.4, wide=10, tex=False)
    for k in (1, -1):
        c.cord(f"{200 + 41 * k},106 {200 + 39 * k},76 {200 + 31 * k},47", c.base, r.choice((5, 9)))
    sweet = r.random() < 0.5
    neck = "*200,126 216,111 236,100" if sweet else "200,112 *232,106"
    bod = f"{neck} *246,98 258,118 *266,142 261,170 *253,206 200,209"
    out = wide - 54
    sk = (
        f"200,204 *254,201 {254 + out * 0.3:.0f},270 "
        f"{254 + out * 0.68:.0f},{204 + (hem - 204) * 0.62:.0f} {hem_wave(wide, hem, 3, 5)}"
    )
    c.part(
        sym(sk),
        folds=skirt_folds(208, hem, 54, wide, 8, 11, c),
        wide=9,
        lights=[(176, 220, 150, hem, -4, 9), (222, 220, 244, hem, 5, 7)],
    )
    c.seams(
        [f"{200 + 50 * i / 9:.0f},207 {200 + 56 * i / 9:.0f},{220 + (i * 7) % 13}" for i in range(-9, 10)],
        0.2,
    )
    if tier:
        y = (206 + hem) / 2 + 36
        w = 52 + (wide - 54) * (y - 200) / (hem - 204)
        c.seams([f"{200 - w},{y - 4} 200,{y + 5} {200 + w},{y - 4}"], 0.55, 1.1)
        c.seams(
            [
                (
                    f"{200 + w * i / 11:.0f},{y + 4 - abs(i) * 0.7:.0f} "
                    f"{200 + w * i / 10.6:.0f},{y + 15 + (i * 5) % 9 - abs(i) * 0.6:.0f}"
                )
                for i in range(-10, 11)
            ],
            0.2,
        )
    c.part(
        sym(bod),
        folds=mirror_folds(
            [(262, 140, 226, 160, -4, 6), (250, 190, 224, 176, 3, 4), (232, 112, 228, 200, 4, 6)]
        ),
        wide=7,
    )
    c.seams(sides(["231,108 236,150 228,206"]), 0.4)
    if sweet:
        for i in range(5):
            c.button(200, 138 + i * 15, 2.5)
    else:
        c.seams(
            [f"{200 + 32 * i / 6:.0f},112 {200 + 34 * i / 6:.0f},{124 + (i * 3) % 5}" for i in range(-6, 7)],
            0.2,
        )


@kind(
    "shirt-dress",
    "Shirt dress",
    "Chemisier",
    112,
    "full",
    tones="light soft main mid accent deep",
    patterns="plain pinstripe gingham floral-small denim dot",
)
def shirt_dress(c: Canvas) -> None:
    """A belted shirt dress."""
    r = c.rng
    t = Torso(
        ny=54,
        nw=24,
        sw=62,
        drop=17,
        uy=126,
        cw=69,
        wy=204,
        ww=58,
        hy=436 + r.uniform(-24, 10),
        hw=94,
        scoop=7,
    )
    c.part(t.back_neck(22, 12), tone=0.16, wide=9)
    c.label(t.ny - 8, 15, 7)
    folds = skirt_folds(212, t.hy, t.ww, t.hw, 6, 9, c) + mirror_folds(
        [(266, 136, 234, 176, -6, 5), (252, 200, 230, 170, 4, 5), (240, 198, 232, 150, 3, 4)]
    )
    c.part(
        t.body(
            f"{pt(200, t.ny + 20, True)} {pt(200 + t.nw * 0.7, t.ny + 8)}", f"{hem_wave(t.hw, t.hy, 2, 4)}"
        ),
        folds=folds,
        wide=8,
        lights=[(166, 220, 152, t.hy, -3, 9)],
    )
    c.seams(sides([t.armhole()]), 0.4)
    short = r.random() < 0.4
    if short:
        draw_sleeves(c, lambda j: Sleeve(t, 66, 34 + j, 42, 44, puff=6, bend=2))
    else:
        draw_sleeves(
            c,
            lambda j: Sleeve(t, 186, 11 + j, 40, 30, puff=6, bend=7, belly=2),
            extra=barrel_cuff,
        )
    placket(c, t.ny + 20, t.hy + 6, 5.5, 9, 2.4, 12)
    y = t.wy
    c.part(
        sym(f"200,{y - 6} *{200 + t.ww},{y - 8} *{200 + t.ww},{y + 7} 200,{y + 10}"),
        wide=4,
        vol=0.8,
        cast=0.5,
        solid=False,
        tone=0.05,
    )
    for k, ln in ((1, 66), (-1, 56)):
        c.part(
            (
                f"*{200 + 2 * k},{y} {200 + 12 * k},{y + 28} *{200 + 12 * k},{y + ln} "
                f"*{200 + 25 * k},{y + ln - 4} {200 + 20 * k},{y + 26} *{200 + 8 * k},{y - 4}"
            ),
            wide=4,
            vol=0.4,
            cast=0.6,
            solid=False,
            tone=0.05,
        )
    c.part(
        f"*193,{y - 8} *208,{y - 7} *207,{y + 11} *193,{y + 10}",
        wide=4,
        vol=0.4,
        cast=0.4,
        solid=False,
        tone=0.05,
    )
    shirt_collar(c, t, fall=40, spread=27, rise=12, front=18)


@kind(
    "jumpsuit",
    "Jumpsuit",
    "Tuta intera",
    146,
    "full",
    tones="main deep soft light accent mid",
    patterns="plain pinstripe denim",
)
def jumpsuit(c: Canvas) -> None:
    """A wide-legged jumpsuit with a wrap or shirt front."""
    r = c.rng
    wrap = r.random() < 0.5
    t = Torso(ny=42, nw=21, sw=47, drop=12, uy=98, cw=52, wy=166, ww=43, hy=230, hw=59, scoop=6)
    c.part(t.back_neck(84 if wrap else 20, 6), tone=0.18, wide=9)
    c.label(t.ny - 1, 14, 6)
    low = 470 + r.uniform(-14, 4)
    leg = (
        f"*{200 + 59},{226} {266},{330} *{272},{low} {244},{low + 4} *{212},{low + 1} {208},{340} *200,{262}"
    )
    front = f"{pt(200, 114 if wrap else t.ny + 18, True)} {pt(200 + t.nw * 0.6, 72 if wrap else t.ny + 8)}"
    side = " ".join(t.side().split()[:-2])
    folds = mirror_folds(
        [
            (206, 250, 234, 232, -4, 5),
            (204, 262, 240, 262, 4, 6),
            (240, 240, 243, low + 10, 2, 8),
            (226, 270, 226, low + 10, -2, 7),
            (240, 170, 236, 226, 3, 5),
            (222, 172, 224, 214, 2, 4),
            (248, 104, 224, 140, -5, 5),
            (240, 162, 222, 136, 3, 4),
        ]
    )
    c.part(
        sym(f"{front} {side} {leg}"),
        folds=folds,
        wide=8,
        lights=[(160, 240, 156, low, -2, 8), (232, 250, 236, low, 2, 6)],
    )
    if r.random() < 0.55:
        c.seams(sides([t.armhole()]), 0.4)
        draw_sleeves(c, lambda j: Sleeve(t, 52, 36 + j, 32, 36, puff=5, bend=2))
    c.seams(["200,180 200,262"], 0.5)
    c.seams(sides(["240,232 243,330 242,460", "246,184 247,204 254,220"]), 0.3)
    if wrap:
        c.seams(["221,44 206,88 172,164"], 0.6, 1.1)
        c.fill("*221,44 206,88 *172,164 *166,160 200,84 *216,44", darker(c.base, 0.8), 0.25, "s", c.main)
    else:
        placket(c, t.ny + 18, 168, 4.5, 5, 2.1, 10)
        shirt_collar(c, t, fall=34, spread=24, rise=9, front=15)
    y = t.wy
    c.part(
        sym(f"200,{y - 5} *{200 + t.ww},{y - 6} *{200 + t.ww + 1},{y + 6} 200,{y + 8}"),
        wide=3,
        vol=0.7,
        cast=0.4,
        solid=False,
        tone=0.05,
    )

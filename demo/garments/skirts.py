"""Skirts, and the waistband all bottoms share."""

from __future__ import annotations

from .canvas import Canvas
from .drape import hem_wave, skirt_folds
from .geometry import mirror_folds, sides, sym
from .kinds import kind
from .palettes import darker


def waistband(c: Canvas, y: float, w: float, h: float, grow: float = 3) -> None:
    """A curved waistband with the inside back showing above it."""
    c.part(
        sym(f"200,{y - 5} {200 + w * 0.6},{y - 4} *{200 + w - 1},{y} {200 + w * 0.6},{y + 8} 200,{y + 9}"),
        tone=0.22,
        vol=0.3,
        wide=6,
    )
    c.label(y - 2, 16, 7)
    c.part(
        sym(
            f"200,{y + 7} {200 + w * 0.6},{y + 5} *{200 + w},{y} *{200 + w + grow},{y + h} "
            f"{200 + w * 0.6},{y + h + 6} 200,{y + h + 7}"
        ),
        wide=4,
        vol=0.7,
        cast=0.3,
    )


@kind(
    "pleated-skirt",
    "Pleated skirt",
    "Gonna plissé",
    78,
    "bottom",
    tones="main soft mid light accent deep",
    patterns="plain satin tartan check",
)
def pleated_skirt(c: Canvas) -> None:
    """A midi of knife pleats."""
    r = c.rng
    hem, wide, n = 440 + r.uniform(-40, 8), 142 + r.uniform(-14, 12), r.choice((11, 13, 15))
    right = ["*200,84", f"*266,76 {200 + 96},170 {200 + wide * 0.88},{hem - 120} *{200 + wide},{hem - 12}"]
    edge = []
    for i in range(n, 0, -1):
        u = i / n
        edge += [
            f"*{200 + wide * u:.1f},{hem - 12 * u:.1f}",
            f"*{200 + wide * (u - 0.75 / n):.1f},{hem + 3.5 - 12 * u:.1f}",
        ]
    c.part(sym(" ".join(right + edge[1:] + [f"200,{hem + 4}"])), wide=9)
    shade = darker(c.base, 0.6)
    wedge, ridge = "", []
    for i in range(-n + 1, n):
        u = i / n
        xt, xb = 200 + 66 * u, 200 + wide * u
        belly = 200 + (66 + (wide - 66) * 0.56) * u
        wedge += c.d(
            f"*{xt:.1f},86 {belly:.1f},{(86 + hem) / 2:.0f} *{xb:.1f},{hem + 2} "
            f"*{xb + wide / n * 0.62:.1f},{hem + 2} {belly + wide / n * 0.36:.1f},{(86 + hem) / 2:.0f}"
        )
        ridge.append(f"{xt:.1f},88 {belly:.1f},{(86 + hem) / 2:.0f} {xb:.1f},{hem - 3 - 12 * abs(u):.1f}")
    c.out.append(
        f'<g clip-path="url(#{c.main}c)"><path d="{wedge}" fill="{shade}" opacity=".2" '
        f'filter="{c.need("s")}"/></g>'
    )
    c.seams(ridge, 0.42, 1)
    waistband(c, 62, 63, 22)


@kind(
    "mini-skirt",
    "Mini skirt",
    "Minigonna",
    42,
    "bottom",
    finish="wool",
    tones="main deep accent soft mid light",
    patterns="plain tweed tartan denim leather check",
)
def mini_skirt(c: Canvas) -> None:
    """A short A-line skirt, wrapped or with a front zip of buttons."""
    r = c.rng
    hem, wide = 388 + r.uniform(-20, 16), 140 + r.uniform(-10, 12)
    c.part(
        sym(
            f"200,142 *292,130 {200 + 114},210 *{200 + wide},{hem - 6} {200 + wide * 0.5},{hem + 8} "
            f"200,{hem + 10}"
        ),
        folds=mirror_folds(
            [(290, 160, 240, 196, -6, 7), (262, 170, 282, hem + 10, 5, 10), (226, 180, 232, hem + 10, 2, 8)]
        ),
        wide=11,
        lights=[(150, 170, 136, hem, -4, 12)],
    )
    if r.random() < 0.5:
        c.seams([f"232,140 236,240 244,{hem + 8}"], 0.65, 1.1)
        c.fill(
            f"*232,140 236,240 *244,{hem + 8} *254,{hem + 8} 245,240 *238,140",
            darker(c.base, 0.8),
            0.25,
            "s",
            c.main,
        )
        for i in range(3):
            c.button(222 + i * 1.5, 168 + i * 44, 5, c.metal[1], 0)
    else:
        for spec in sides([f"*232,{196} *276,{192} *280,{206} *234,{211}"]):
            c.part(spec, vol=0.2, wide=4, edge=0.6, cast=0.35, solid=False)
        c.seams(sides([f"246,146 258,240 266,{hem}"]), 0.4)
    c.stitch([f"{200 - wide + 2},{hem - 16} 200,{hem} {200 + wide - 2},{hem - 16}"], op=0.35)
    waistband(c, 110, 90, 26, 3)


@kind(
    "midi-skirt",
    "Midi skirt",
    "Gonna midi",
    82,
    "bottom",
    finish="satin",
    tones="soft main accent deep mid light",
    patterns="satin floral-small floral-large dot plain",
)
def midi_skirt(c: Canvas) -> None:
    """A bias-cut midi skirt."""
    r = c.rng
    hem, wide = 450 + r.uniform(-20, 6), 112 + r.uniform(-10, 14)
    folds = skirt_folds(110, hem, 60, wide, 6, 12, c) + mirror_folds(
        [(262, 92, 226, 124, -6, 6), (282, 170, 236, 150, 8, 7)]
    )
    c.part(
        sym(f"200,74 *260,68 {276},120 {286},200 {200 + wide * 0.9},{hem - 90} {hem_wave(wide, hem, 2, 4)}"),
        folds=folds,
        wide=10,
        lights=[(168, 110, 150, hem, -6, 13), (226, 130, 246, hem, 8, 9), (204, 200, 196, hem, 3, 7)],
    )
    if r.random() < 0.4:
        c.seams([f"236,76 248,240 254,{hem + 6}"], 0.55)
        for i in range(9):
            c.button(230 + i * 1.7 + (i > 3) * 2, 92 + i * 38, 3.2)
    waistband(c, 52, 59, 17, 2)

"""Tote and shoulder bag."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import mirror_folds
from .kinds import kind
from .palettes import darker, mix
from .trims import grow


@kind(
    "tote",
    "Tote bag",
    "Borsa shopper",
    52,
    "bag",
    finish="leather",
    tones="soft main mid deep accent light",
    patterns="plain leather breton check floral-large",
    warp=0.8,
)
def tote(c: Canvas) -> None:
    """A roomy open tote with two handles."""
    r = c.rng
    trim = c.base if r.random() < 0.5 else mix(c.palette.deep, "#8A5A34", 0.45)
    c.cord("158,226 162,140 200,104 238,140 242,226", darker(trim, 0.3), 9)
    c.part("*92,216 200,206 *308,216 *304,244 *96,244", tone=0.3, wide=14, vol=0.5, tex=False)
    c.part(
        f"*86,220 200,230 *314,220 {306},330 *{296},440 200,449 *{104},440 {94},330",
        wide=14,
        folds=mirror_folds(
            [(306, 236, 284, 440, -9, 9), (282, 226, 262, 320, -5, 6), (290, 436, 230, 424, 6, 7)]
        ),
        lights=[(140, 250, 146, 410, 3, 14), (222, 260, 216, 400, 3, 9)],
    )
    c.stitch(["88,230 200,240 312,230", "108,431 200,440 292,431"], op=0.5)
    c.seams(["98,395 200,404 302,395"] if r.random() < 0.4 else ["200,231 200,232"], 0.4)
    for x in (150, 250):
        c.part(
            f"*{x - 8},222 *{x + 8},223 *{x + 8},262 {x},270 *{x - 8},262",
            fill=trim,
            wide=4,
            cast=0.5,
            vol=0.3,
            solid=False,
        )
        c.button(x, 256, 2.6, c.metal[1], 0)
    c.cord("150,236 150,146 200,86 250,146 250,236", trim, 9.5)
    if r.random() < 0.5:
        c.cord("250,200 262,230 262,250", trim, 2.5)
        c.part("*254,250 *270,250 *272,286 *252,286", fill=trim, wide=4, vol=0.3, cast=0.5, solid=False)


@kind(
    "shoulder-bag",
    "Shoulder bag",
    "Borsa a spalla",
    30,
    "bag",
    finish="leather",
    tones="accent deep main mid soft light",
    patterns="leather plain",
    warp=0.6,
)
def shoulder_bag(c: Canvas) -> None:
    """A flap bag on a strap or chain, or a soft baguette."""
    r = c.rng
    chain = r.random() < 0.5
    arc = "112,262 116,170 150,112 200,98 250,112 284,170 288,262"
    if chain:
        grow(c, 104, 92, 296, 110)
        c.stroke(arc, c.metal[2], 7, dash="9 3.4", cap="butt")
        c.stroke(arc, c.metal[1], 5, dash="9 3.4", cap="butt")
        c.stroke(arc, c.metal[0], 1.5, dash="9 3.4", cap="butt")
    else:
        c.cord(arc, c.base, 10)
        c.stitch([arc], op=0.4)
    soft = r.random() < 0.5
    body = (
        "*82,262 200,272 *318,262 334,330 328,372 296,394 200,400 104,394 72,372 66,330"
        if soft
        else "*78,258 200,254 *322,258 326,320 *322,392 312,400 200,403 88,400 *78,392 74,320"
    )
    c.part(
        body,
        wide=15,
        folds=mirror_folds([(300, 270, 318, 360, 6, 8), (250, 384, 310, 372, -4, 6)]),
        lights=[(108, 360, 290, 366, 6, 8)],
    )
    flap = (
        "*76,258 200,250 *324,258 326,300 300,336 200,346 100,336 74,300"
        if soft or r.random() < 0.5
        else "*74,256 200,250 *326,256 *324,300 200,352 *76,300"
    )
    c.part(
        flap,
        wide=12,
        cast=1,
        drop=(0, 5),
        folds=mirror_folds([(308, 268, 268, 318, -8, 6)]),
        lights=[(112, 272, 250, 268, -3, 9)],
    )
    nodes = flap.replace("*", "").split()
    c.stitch(
        [" ".join(nodes[2:] + nodes[:1]).replace("324,258", "319,262").replace("326,256", "320,262")], op=0.45
    )
    cx, cy = c.warp(200, 334)
    shape = r.choice(
        (
            '<rect x="-13" y="-9" width="26" height="19" rx="3"/>',
            '<circle r="11"/>',
            '<rect x="-4" y="-15" width="8" height="30" rx="4"/>',
        )
    )
    c.out.append(
        f'<g transform="translate({cx:.1f} {cy:.1f})"><g fill="{darker(c.base, 0.8)}" opacity=".4" '
        f'transform="translate(1 3)">{shape}</g>'
        f'<g fill="{c.metal_fill()}" stroke="{c.metal[2]}" stroke-width=".8">{shape}</g></g>'
    )
    for k in (1, -1):
        c.button(200 + 89 * k, 262, 5, c.metal[1], 0)

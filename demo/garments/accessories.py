"""Belt, scarf, hat and beanie."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import mirror_folds
from .kinds import kind
from .palettes import darker, lightness, mix
from .trims import grow, ring


@kind(
    "belt",
    "Belt",
    "Cintura",
    15,
    "extra",
    finish="leather",
    tones="deep main mid accent soft",
    patterns="leather plain",
    warp=0.5,
)
def belt(c: Canvas) -> None:
    """A belt lying in a loop, buckle to the front."""
    r = c.rng
    w = r.choice((22, 30, 38))
    y = 250.0
    c.part(
        (
            f"*64,{y - 5} 68,{y - 20} 84,{y - 36} 130,{y - 52} 200,{y - 58} 270,{y - 52} 316,{y - 36} "
            f"332,{y - 20} *336,{y - 5} *336,{y - 5 + w} 326,{y - 26 + w} 270,{y - 50 + w * 0.8} "
            f"200,{y - 58 + w * 0.72} 130,{y - 50 + w * 0.8} 74,{y - 26 + w} *64,{y - 5 + w}"
        ),
        tone=0.22,
        wide=9,
        vol=0.6,
    )
    c.part(
        (
            f"*64,{y - 5} 68,{y + 9} 84,{y + 25} 130,{y + 42} 200,{y + 48} 270,{y + 42} 316,{y + 25} "
            f"332,{y + 9} *336,{y - 5} *336,{y - 5 + w} 332,{y + 11 + w} 316,{y + 28 + w} 270,{y + 46 + w} "
            f"200,{y + 52 + w} 130,{y + 46 + w} 84,{y + 28 + w} 68,{y + 11 + w} *64,{y - 5 + w}"
        ),
        wide=9,
        cast=0.6,
        drop=(0, -4),
        lights=[(96, y + 34 + w * 0.4, 190, y + 48 + w * 0.4, 6, w * 0.28)],
        folds=[(300, y + 34, 330, y + w, -3, 7)],
    )
    c.stitch(
        [
            f"68,{y + 2} 88,{y + 30} 132,{y + 46} 200,{y + 52} 268,{y + 46} 312,{y + 30} 332,{y + 2}",
            (
                f"68,{y + w} 88,{y + 25 + w} 132,{y + 42 + w} 200,{y + 48 + w} 268,{y + 42 + w} "
                f"312,{y + 25 + w} 332,{y + w}"
            ),
        ],
        op=0.5,
    )
    for i in range(5):
        x = 222 + i * 14
        c.fill(ring(x, y + 49 + w / 2 - i * 1.9, 1.7, 2), darker(c.base, 0.8), 0.9)
    c.part(
        f"*228,{y + 44} *240,{y + 43} *241,{y + 51 + w} *229,{y + 53 + w}",
        wide=4,
        vol=0.3,
        cast=0.5,
        solid=False,
    )
    bx, yy = c.warp(196, y + 50 + w / 2)
    g, hh = c.metal_fill(), w / 2 + 7
    shape = (
        f'<rect x="-19" y="{-hh:g}" width="38" height="{2 * hh:g}" rx="{r.choice((3, 10, 16))}"/>'
        if r.random() < 0.7
        else f'<circle r="{hh + 3:g}"/>'
    )
    c.out.append(
        f'<g transform="translate({bx:.1f} {yy:.1f}) rotate(-1)" fill="none"><g stroke="#1A1410" '
        f'stroke-opacity=".35" stroke-width="6" transform="translate(1 2.4)">{shape}</g>'
        f'<g stroke="{c.metal[2]}" stroke-width="6.4">{shape}</g><g stroke="{g}" '
        f'stroke-width="5.2">{shape}</g><path d="M-17,0H19" stroke="{g}" stroke-width="4.4" '
        'stroke-linecap="round"/></g>'
    )


@kind(
    "scarf",
    "Scarf",
    "Sciarpa",
    86,
    "extra",
    finish="wool",
    tones="soft main accent mid light deep",
    patterns="tartan rib plain check breton floral-large",
    warp=1.2,
)
def scarf(c: Canvas) -> None:
    """A scarf looped once, two fringed tails."""
    r = c.rng
    low = 410 + r.uniform(-14, 16)
    fringe = r.random() < 0.75
    for k, end, turn in ((-1, low - 34, 5), (1, low, -4)):
        x = 200 + 26 * k
        if fringe:
            d = "".join(
                c.d(
                    f"{x + 12 * k + i * 4.4},{end - 4} {x + 13 * k + i * 4.8},{end + 30 + (i * 7) % 6}", False
                )
                for i in range(-8, 9)
            )
            c.out.append(
                f'<path d="{d}" fill="none" stroke="{darker(c.base, 0.12)}" stroke-width="2.2" '
                'stroke-linecap="round"/>'
            )
            grow(c, x - 34, end, x + 34, end + 34)
        c.part(
            (
                f"*{x - 24},150 {x - 30 + 4 * k},260 *{x - 38 + 12 * k},{end} {x + 12 * k},{end + 4} "
                f"*{x + 38 + 12 * k},{end - 2} {x + 32 + 4 * k},260 *{x + 26},150"
            ),
            turn=turn,
            wide=11,
            cast=0.8,
            drop=(2, 3),
            folds=[
                (x - 8, 160, x - 14 + 8 * k, end + 10, 3, 8),
                (x + 14, 160, x + 18 + 10 * k, end + 10, -3, 7),
                (x - 20, 170, x - 26 + 8 * k, 300, 2, 4),
            ],
            lights=[(x + 2, 200, x + 10 * k, end, 2, 7)],
        )
    c.part(
        "*107,126 112,104 134,86 200,76 266,86 288,104 *293,126 274,150 200,168 126,150",
        tone=0.24,
        wide=14,
        turn=0,
    )
    c.part(
        (
            "*109,121 105,140 122,176 168,204 214,208 262,188 292,152 *291,121 276,135 236,149 "
            "196,153 150,147 124,135"
        ),
        wide=13,
        cast=1,
        drop=(0, 7),
        folds=[
            (116, 132, 238, 196, 26, 7),
            (130, 132, 262, 172, 30, 7),
            (116, 156, 190, 204, 12, 6),
            (270, 132, 226, 200, -14, 6),
        ],
        lights=[(124, 146, 230, 186, 26, 8)],
        turn=8,
    )


@kind(
    "hat",
    "Brimmed hat",
    "Cappello a tesa",
    15,
    "extra",
    finish="wool",
    tones="soft main deep mid light accent",
    patterns="plain",
    warp=0.7,
)
def hat(c: Canvas) -> None:
    """A fedora or a straw boater-like hat."""
    r = c.rng
    straw = r.random() < 0.4
    if straw:
        c.base, c.pattern = "#DCC08C", "straw"
    c.part(
        "*40,296 84,276 200,268 316,276 *360,296 340,318 270,334 200,338 130,334 60,318",
        wide=12,
        vol=0.7,
        folds=[(60, 304, 340, 304, 12, 9)],
        lights=[(70, 312, 330, 314, 22, 6)],
        tex="rib" if straw else True,
    )
    top = 158 if not straw else 178
    crown = (
        (
            f"*112,300 114,240 124,196 148,{top + 4} 176,{top + 8} 200,{top + 16} 226,{top + 6} "
            f"252,{top + 2} 276,196 286,240 *288,300 250,312 200,316 150,312"
        )
        if not straw
        else (
            f"*108,300 114,240 *122,{top + 8} 150,{top - 4} 200,{top - 8} 250,{top - 4} *278,{top + 8} "
            "286,240 *292,300 250,312 200,316 150,312"
        )
    )
    folds = (
        [(152, 176, 172, 240, 8, 9), (250, 176, 232, 236, -8, 8), (180, 176, 226, 178, 14, 8)]
        if not straw
        else [(124, 194, 276, 194, 10, 5)]
    )
    c.part(
        crown,
        wide=14,
        cast=1,
        drop=(0, 5),
        folds=folds,
        lights=[(140, 200, 138, 280, -3, 11)],
        tex="rib" if straw else True,
        turn=90 if straw else 0,
    )
    band = c.palette.deep if lightness(c.base) > 0.5 else c.palette.accent
    c.part(
        "*111,276 150,288 200,292 250,288 *289,276 *290,301 250,313 200,317 150,313 *110,301",
        fill=band,
        wide=6,
        vol=0.8,
    )
    c.part("*262,280 *284,276 *287,300 *266,309", fill=band, wide=4, vol=0.3, cast=0.3, tone=-0.05)
    c.stitch(["46,297 66,315 132,331 200,335 268,331 334,315 354,297"], op=0.4)


@kind(
    "beanie",
    "Beanie",
    "Berretto",
    24,
    "extra",
    finish="knit",
    tones="accent main soft mid deep light",
    patterns="rib cable plain",
    warp=0.9,
)
def beanie(c: Canvas) -> None:
    """A ribbed beanie with a folded cuff."""
    pom = c.rng.random() < 0.3
    if pom:
        c.part(
            ring(200, 118, 34, 32),
            tone=-0.08,
            wide=16,
            tex=False,
            folds=[(180, 104, 210, 130, 6, 6), (214, 100, 196, 136, -5, 5)],
        )
    c.part(
        "*100,330 96,260 112,196 150,154 200,140 250,154 288,196 304,260 *300,330 200,342",
        wide=15,
        folds=[
            *mirror_folds([(214, 148, 244, 330, -12, 6), (236, 156, 280, 330, -16, 6)]),
            (200, 144, 202, 330, 3, 6),
        ],
        lights=[(150, 180, 132, 310, 12, 12)],
    )
    c.part(
        f"*94,322 200,336 *306,322 {309},356 *304,396 200,412 *96,396 {91},356",
        tex="rib",
        wide=10,
        cast=0.7,
        drop=(0, -3),
        vol=1,
    )
    c.part(
        "*236,362 *268,359 *269,382 *237,385",
        fill=mix(c.palette.deep, "#7A5233", 0.4) if lightness(c.base) > 0.45 else c.palette.soft,
        wide=2,
        vol=0.1,
        cast=0.5,
        solid=False,
    )

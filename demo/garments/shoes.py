"""Trainers and ankle boots, always a pair in profile: one in front, its twin behind."""

from __future__ import annotations

from collections.abc import Iterable

from .canvas import Canvas
from .kinds import kind
from .palettes import darker, lighter, lightness, mix
from .trims import ring


def pair(c: Canvas, dx: float = 44, dy: float = -40, *, low: float = 1.0, shade: float = 1.0) -> None:
    """Wrap what is drawn as the front shoe and put its twin behind it.

    ``low`` presses the shoe towards its sole; ``shade`` darkens the twin where the front one overlaps it.
    """
    gid = c.new_id("z")
    shoe = "".join(c.out)
    x0, y0, x1, y1 = c.box
    press = f' transform="translate(0 {y1 * (1 - low):.1f}) scale(1 {low:g})"' if low != 1 else ""
    dim = ""
    if shade != 1:
        fid = c.new_id("q")
        c.defs.append(
            f'<filter id="{fid}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">'
            f'<feColorMatrix values="{shade:g} 0 0 0 0 0 {shade:g} 0 0 0 0 0 {shade:g} 0 0 0 0 0 1 0"/>'
            "</filter>"
        )
        dim = f' filter="url(#{fid})"'
    c.out = [
        f'<g{dim}><use href="#{gid}" transform="translate({dx:g} {dy:g})"/></g>',
        f'<g id="{gid}"><g{press}>{shoe}</g></g>',
    ]
    c.box = [x0, y1 - (y1 - y0) * low + dy, x1 + dx, y1]


def inside(c: Canvas, spec: str) -> None:
    """The lining seen in the opening."""
    c.part(
        spec,
        fill=mix(c.palette.soft, "#B79C7C", 0.75) if lightness(c.base) < 0.75 else "#CDB795",
        vol=0.5,
        wide=12,
        edge=1.4,
    )


def leather_sole(c: Canvas) -> str:
    """Soles and stacked heels: the palette's dark, warmed, as no cobbler has navy leather."""
    return mix(c.palette.deep, "#33241D", 0.7)


def _laces(c: Canvas, color: str) -> None:
    """Five rows over the edge of the throat, an eyelet under each, and the bow on top."""
    rim = darker(c.base, 0.45)
    for i in range(5):
        x, y = 152 + i * 15.2, 258 - i * 11.6
        c.fill(ring(x + 2, y + 2, 2.7, 2.7), rim, 0.9)
        c.cord(f"{x - 13},{y - 14} {x - 6},{y - 7} {x + 2},{y + 2}", color, 4.2)
    c.cord("200,200 186,186 176,190 184,203 199,204", color, 3.6)
    c.cord("202,202 216,190 226,196 218,206 203,205", color, 3.6)
    c.cord("201,203 192,214 188,224", color, 3.2)
    c.cord("201,203 210,214 216,222", color, 3.2)


def _perforations(c: Canvas, rows: Iterable[tuple[float, float]]) -> None:
    """Small punched holes."""
    for x, y in rows:
        c.fill(ring(x, y, 1.5, 1.5), darker(c.base, 0.6), 0.8)


@kind(
    "trainers",
    "Trainers",
    "Sneakers",
    18,
    "shoes",
    finish="leather",
    tones="light soft main mid deep",
    patterns="plain leather",
    warp=0.5,
)
def trainers(c: Canvas) -> None:
    """Low court trainers: padded tongue and collar, perforated toe, rubber cup sole."""
    r = c.rng
    tab = mix(c.palette.accent, c.base, 0.05) if r.random() < 0.6 else c.palette.main
    inside(c, "*222,200 250,196 300,199 *334,197 *330,230 *236,234")
    c.part(
        "*180,232 196,204 *211,171 226,162 244,164 *258,174 252,202 *238,228",
        tone=-0.05,
        wide=8,
        cast=0.3,
        lights=[(214, 178, 204, 214, -3, 4)],
    )
    c.part("*220,176 *246,172 *247,184 *222,188", fill=tab, wide=2, vol=0.1, solid=False)
    c.part(
        "*62,308 59,291 70,275 94,265 124,259 152,246 184,223 *212,200 230,208 262,226 298,221 *331,196 "
        "341,194 *348,203 346,242 *350,308",
        folds=[(122, 264, 146, 286, 6, 5), (150, 250, 166, 274, 5, 4), (300, 240, 340, 264, -5, 5)],
        wide=11,
        lights=[(80, 282, 128, 264, -5, 6), (236, 236, 316, 236, 8, 7), (332, 212, 338, 292, -3, 6)],
    )
    c.part(
        "*62,308 59,291 70,275 94,265 *116,261 128,278 *132,308",
        tone=0.03,
        wide=7,
        vol=0.4,
        line=0.8,
        solid=False,
        lights=[(76, 286, 110, 268, -4, 5)],
    )
    c.part(
        "*350,308 346,242 *347,232 330,234 312,240 302,268 *300,308",
        tone=0.04,
        wide=6,
        vol=0.4,
        line=0.8,
        solid=False,
    )
    c.part(
        "*326,198 341,194 *348,203 *347,238 *325,236 *321,206",
        fill=tab,
        wide=5,
        vol=0.3,
        solid=False,
        cast=0.3,
    )
    c.part(
        "*212,200 230,208 262,226 298,221 *329,198 *325,212 298,236 260,240 228,224 *206,213",
        tone=-0.05,
        wide=5,
        vol=0.3,
        solid=False,
        folds=[(232, 216, 322, 210, 18, 3)],
    )
    c.part(
        "*212,200 *226,209 208,236 182,258 *152,274 *134,266 *138,254 152,246 184,223",
        tone=0.03,
        wide=5,
        vol=0.25,
        line=0.8,
        solid=False,
        cast=0.35,
    )
    c.seams(["216,250 208,280 *206,306"], 0.5)
    c.stitch(
        [
            "136,306 132,279 121,263",
            "140,306 136,279 126,262",
            "156,271 184,254 209,232 222,212",
            "220,251 212,280 210,306",
            "297,306 299,268 309,239",
        ],
        op=0.5,
    )
    _perforations(c, [(96 + i * 9, 284 - i * 2.4 + (i % 2) * 8) for i in range(3)])
    _perforations(c, [(236 + i * 10 + j * 5, 262 + j * 11 - i * 1.4) for j in range(3) for i in range(5 - j)])
    _laces(c, lighter(c.palette.light, 0.5))
    sole = lighter(c.palette.light, 0.6) if r.random() < 0.75 else "#C9A878"
    c.part(
        "*55,303 130,306 230,306 *353,303 355,317 *350,330 200,333 92,332 *68,328 55,318",
        fill=sole,
        wide=8,
        vol=0.3,
        edge=0.9,
        lights=[(70, 311, 340, 311, 1, 3)],
    )
    c.seams(["57,321 140,324 240,324 352,321"], 0.4, ground=sole)
    c.stitch(["59,308 140,310.5 240,310.5 350,307.5"], darker(sole, 0.3), 0.5)
    pair(c, 62, -42, low=0.88, shade=0.9)


@kind(
    "ankle-boots",
    "Ankle boots",
    "Stivaletti",
    26,
    "shoes",
    finish="leather",
    tones="deep main mid soft accent",
    patterns="leather plain",
    warp=0.5,
)
def ankle_boots(c: Canvas) -> None:
    """Chelsea or zipped ankle boots on a block heel."""
    r = c.rng
    high = r.choice((0, 0, 26))
    top = 128
    c.part(
        f"*206,{top} 256,{top - 10} *322,{top - 4} *322,{top + 18} 262,{top + 14} *206,{top + 18}",
        fill="#B59E80",
        wide=9,
        edge=1.4,
    )
    g = 330 - high * 0.2
    c.part(
        (
            f"*74,{g - 10} 70,{g - 26} 88,{g - 46} 140,{g - 66} 186,{g - 90} 203,{g - 128} "
            f"*202,{top + 2} 256,{top + 12} *326,{top} 328,210 340,{270 - high * 0.5} "
            f"*338,{306 - high} 280,{310 - high} 220,{g - 14} *180,{g - 8}"
        ),
        folds=[
            (186, 240, 236, 252, -8, 6),
            (196, 224, 244, 226, -6, 5),
            (204, 208, 240, 204, -4, 4),
            (320, 150, 318, 270, 6, 7),
            (120, 280, 168, 300, 7, 4),
        ],
        lights=[(100, 290, 190, 250, -8, 7), (222, 150, 224, 226, -3, 8), (326, 236, 330, 290, -4, 5)],
        wide=12,
    )
    if r.random() < 0.6:
        c.part(
            f"*240,{top + 10} *288,{top + 8} 282,200 *270,262 *252,262 246,200",
            fill=darker(c.base, 0.28),
            tex="rib",
            wide=6,
            vol=0.5,
            solid=False,
        )
        c.stitch([f"237,{top + 12} 243,200 250,265 272,265 285,200 291,{top + 10}"], op=0.5)
        c.part(
            f"*322,{top + 4} *328,{top - 14} *338,{top - 14} *334,{top + 24} *325,{top + 24}",
            wide=3,
            vol=0.2,
            solid=False,
        )
    else:
        c.zip("276,142 268,220 262,292", 3, (276, 146))
        c.seams(["118,278 160,292 200,316"], 0.4)
    c.seams([f"74,{g - 13} 180,{g - 11} 220,{g - 17} 280,{306 - high} 338,{303 - high}"], 0.5)
    c.part(
        (
            f"*70,{g - 12} 130,{g - 10} 180,{g - 9} 220,{g - 15} 280,{308 - high} *340,{304 - high} "
            f"*340,{314 - high} 284,{318 - high} 224,{g - 6} *182,{g} 110,{g} *74,{g - 3}"
        ),
        fill=darker(leather_sole(c), 0.35),
        wide=3,
        vol=0.2,
        tex=False,
    )
    c.part(
        f"*276,{314 - high} *340,{311 - high} 338,322 *334,332 *288,332 282,322",
        fill=darker(leather_sole(c), 0.2),
        wide=8,
        vol=1,
    )
    pair(c, 62, -34)

"""Heels, loafers and sandals."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import pt
from .kinds import kind
from .palettes import darker, lighter
from .shoes import inside, leather_sole, pair
from .trims import ring


def _heel(c: Canvas, h: float, seat: float, block: bool) -> None:
    """The heel itself: a block, or a stiletto that leans under the foot."""
    if block:
        spec = (
            f"*290,{seat + 8} *337,{seat - 4} {337},{seat + h * 0.5} *334,331 *302,331 298,{seat + h * 0.5}"
        )
        c.part(spec, wide=6, lights=[(326, seat + 6, 324, 326, 2, 5)], tone=0.05)
    else:
        spec = (
            f"*288,{seat + 8} *337,{seat - 6} {336},{seat + h * 0.28} {329},{seat + h * 0.6} *325,331 "
            f"*316,331 {315},{seat + h * 0.62} {309},{seat + h * 0.34}"
        )
        c.part(spec, wide=5, lights=[(330, seat, 322, 322, 3, 2.4)], tone=0.04)
    foot = "*301,327 *335,327 *334,332 *302,332" if block else "*315,327 *326,327 *325,332 *316,332"
    c.part(foot, fill=darker(c.palette.deep, 0.4), wide=2, vol=0, solid=False)


@kind(
    "heels",
    "Heels",
    "Décolleté",
    23,
    "shoes",
    finish="leather",
    tones="accent deep main soft mid light",
    patterns="leather satin plain",
    warp=0.4,
)
def heels(c: Canvas) -> None:
    """Pointed pumps: closed, with a bow, or a slingback."""
    r = c.rng
    h = r.choice((90, 76, 54))
    seat = 324 - h
    style = r.choice(("pump", "bow", "sling", "pump"))

    def sole_y(x: float) -> float:
        """Height of the sole: flat under the ball, an S up to the heel seat."""
        u = min(1.0, max(0.0, (x - 128) / 172))
        return 329 - (329 - seat - 9) * u * u * (3 - 2 * u)

    end = 262 if style == "sling" else 335
    near = [(128, 293), (156, 300), (196, sole_y(196) - 25), (246, sole_y(246) - 33)]
    near += [(end, sole_y(end) - 40)] if style == "sling" else [(296, seat - 32), (end, seat - 53)]
    far = [(x, y - 17 * (0.35 + 0.65 * (i > 0)) * (i < len(near) - 1)) for i, (x, y) in enumerate(near)]
    if style == "sling":
        far = [*far[:-1], (300, seat - 14), (336, seat - 5)]
        # Behind the upper one looks on the inner sole, down to the shank.
        hidden = [(254, sole_y(254) - 34), (258, sole_y(258) - 20)]
        near_in = [*near[:-1], *hidden, (264, sole_y(264) - 7), (291, sole_y(291) - 7), (337, seat + 2)]
    else:
        near_in = near
    lens = " ".join(pt(x, y + 8, i in (0, len(near_in) - 1)) for i, (x, y) in enumerate(near_in))
    back_of = " ".join(pt(x, y, i in (0, len(far) - 1)) for i, (x, y) in reversed(list(enumerate(far))))
    if style == "sling":
        c.cord(
            f"250,{sole_y(250) - 42} 294,{seat - 43} 326,{seat - 46} 341,{seat - 40} 342,{seat - 34}",
            darker(c.base, 0.3),
            4.6,
        )
    inside(c, f"{lens} {back_of}")
    _heel(c, h, seat, r.random() < 0.35)
    top = " ".join(pt(x, y, i == len(near) - 1) for i, (x, y) in enumerate(near))
    if style == "sling":
        arch = [236, 204, 172]
        rear = f"*{end + 2},{sole_y(end) + 1}"
    else:
        arch = [270, 236, 204, 172, 146]
        rear = f"341,{seat - 28} *337,{seat + 3} 316,{seat + 9} 298,{seat + 9}"
    under = " ".join(pt(x, sole_y(x) + 2) for x in arch)
    c.part(
        f"*40,330 50,321 84,305 {top} {rear} {under} *112,332 70,333",
        folds=[(146, 304, 176, 318, 4, 4), (306, seat - 20, 334, seat - 6, 4, 4)],
        lights=[(58, 323, 126, 298, -6, 5), (196, sole_y(196) - 16, 284, seat - 14, -8, 4)],
        wide=8,
    )
    c.seams([" ".join(pt(x, y + 3) for x, y in near)], 0.3, 0.8)
    if style == "sling":
        c.cord(
            f"256,{sole_y(256) - 37} 290,{seat - 26} 322,{seat - 25} 339,{seat - 29} 342,{seat - 34}",
            c.base,
            5,
        )
        c.button(296, seat - 25.5, 2.6, c.metal[1], 0)
    if style == "bow":
        for k, bend in ((-1, 0.0), (1, -3.0)):
            loop = (
                f"*130,293 {130 + 9 * k},{283 + bend} {130 + 20 * k},{283 + bend} "
                f"{130 + 23 * k},{292 + bend} "
                f"{130 + 17 * k},{300 + bend} {130 + 8 * k},297"
            )
            c.part(loop, wide=4, cast=0.6, solid=False, folds=[(130, 293, 130 + 16 * k, 291 + bend, 1, 2)])
        c.part("*126,288 *134,287 *135,299 *126,299", wide=3, cast=0.4, solid=False)
    sole = c.palette.accent if c.base != c.palette.accent and r.random() < 0.3 else "#B99468"
    rise = [291 if style == "sling" else 300, 270, 236, 204, 172, 146]
    low = " ".join(pt(x, sole_y(x) + 5.5, x == rise[0]) for x in rise)
    c.part(
        f"*100,333 {' '.join(pt(x, sole_y(x) + 1, x == rise[0]) for x in reversed(rise))} {low} *104,335",
        fill=sole,
        wide=3,
        vol=0.2,
    )
    pair(c, 28, -96)


@kind(
    "loafers",
    "Loafers",
    "Mocassini",
    13,
    "shoes",
    finish="leather",
    tones="deep main mid accent soft",
    patterns="leather plain",
    warp=0.5,
)
def loafers(c: Canvas) -> None:
    """Penny, tassel or horsebit loafers on a low stacked heel."""
    r = c.rng
    inside(c, "*211,223 252,216 298,219 *334,223 *330,256 282,274 *226,270")
    c.part(
        "*62,315 55,303 58,287 76,272 106,264 148,250 184,233 *210,221 224,229 240,250 266,263 302,253 "
        "*333,222 342,225 346,246 344,278 *346,315",
        folds=[(296, 266, 340, 270, 4, 5), (60, 304, 84, 314, 2, 4), (250, 274, 262, 309, 4, 5)],
        lights=[(70, 290, 128, 268, -8, 6), (244, 284, 318, 266, 8, 5), (334, 238, 336, 298, -3, 5)],
        wide=11,
    )
    c.part(
        "*347,315 344,276 *345,256 326,262 312,274 *306,315",
        tone=0.03,
        wide=6,
        vol=0.4,
        line=0.7,
        solid=False,
    )
    c.part(
        "*78,289 90,276 116,267 150,254 184,238 *209,223 *221,233 210,262 174,285 124,298 92,299",
        tone=-0.05,
        wide=6,
        vol=0.3,
        lights=[(98, 286, 178, 254, -7, 6)],
        line=0.5,
    )
    c.seams(["78,289 91,300 124,299.5 175,286 211,262.5 222,235"], 0.85, 1.6)
    c.stitch(["83,287 95,296 126,295.5 171,282 205,259"], op=0.7, dash="1.4 3", width=1.5)
    c.seams(["214,224 227,232 242,253 267,266 302,257 333,226"], 0.35)
    style = r.choice(("penny", "bit", "tassel"))
    if style == "bit":
        mid = c.metal[1]
        c.part(
            "*164,249 *182,240 205,260 *230,307 *210,311 186,276",
            wide=5,
            vol=0.3,
            cast=0.4,
            solid=False,
            line=0.6,
        )
        c.cord("171,254 180,258 188,266", mid, 4.6)
        c.cord("191,269 198,277 203,286", mid, 4.6)
        for x, y in ((170, 253), (190, 267), (204, 288)):
            c.stroke(ring(x, y, 4.6, 4.6), c.metal[2], 3.4, close=True)
            c.stroke(ring(x, y, 4.6, 4.6), c.metal[0], 1.6, close=True)
    elif style == "tassel":
        c.cord("214,233 241,258 270,269 306,261", darker(c.base, 0.1), 3)
        for k in (0, 1):
            c.cord(f"205,238 {192 - 9 * k},{246 + 2 * k} {180 - 9 * k},{257 + 2 * k}", c.base, 3.6)
            c.part(
                f"*{185 - 10 * k},{255 + 2 * k} *{178 - 10 * k},{251 + 2 * k} {166 - 10 * k},{265 + 3 * k} "
                f"*{160 - 10 * k},{277 + 3 * k} *{176 - 10 * k},{282 + 2 * k} {180 - 10 * k},{271 + 2 * k}",
                tex="rib",
                wide=3,
                cast=0.5,
                solid=False,
            )
    else:
        c.part(
            "*154,253 *186,239 210,260 *240,312 *206,314 180,282",
            wide=5,
            vol=0.3,
            cast=0.45,
            solid=False,
            line=0.6,
        )
        c.fill("*180,261 *187,259 *207,285 *202,288", darker(c.base, 0.72), 0.8)
        c.seams(["176,263 189,257 212,285 201,292"], 0.45, 0.8)
        c.stitch(["158,255 182,281 208,312", "184,242 207,262 237,311"], op=0.6)
    welt = darker(leather_sole(c), 0.3)
    c.part("*57,313 140,315 240,315 *349,312 *349,321 200,323 84,325 *62,322", fill=welt, wide=3, vol=0.2)
    c.stitch(["61,316 140,318 240,318 347,315"], lighter(welt, 0.35), 0.5, 0.7)
    stack = darker(leather_sole(c), 0.12)
    c.part("*286,320 *350,319 348,328 *345,336 *294,336 290,328", fill=stack, wide=5, vol=0.7)
    c.seams(["289,325.5 349,324.5", "291,331 347,330.5"], 0.4, 0.7, ground=stack)
    pair(c, 58, -42, low=0.9, shade=0.88)


@kind(
    "sandals",
    "Sandals",
    "Sandali",
    22,
    "shoes",
    finish="leather",
    tones="accent mid soft deep main light",
    patterns="leather plain",
    warp=0.4,
)
def sandals(c: Canvas) -> None:
    """Strappy sandals, flat or on a low wedge."""
    r = c.rng
    lift = r.choice((6, 6, 34))
    bed = "#C7A47A"
    c.stroke(
        f"262,{288 - lift} 270,{246 - lift} 300,{232 - lift} 334,{242 - lift} 338,{286 - lift}",
        darker(c.base, 0.35),
        10,
    )
    c.part("*112,306 118,276 136,262 *160,262 *182,306", tone=0.3, wide=6, solid=False)
    c.part(
        (
            f"*60,310 80,303 150,304 220,{300 - lift * 0.5} 290,{288 - lift} *344,{288 - lift} "
            f"*346,{300 - lift} *346,331 {290},{331} 220,331 120,332 *70,329 58,320"
        ),
        fill="#A9855B" if lift > 10 else bed,
        wide=9,
        vol=0.4,
        tex=False,
    )
    c.part(
        (
            f"*60,310 80,303 150,304 220,{300 - lift * 0.5} 290,{288 - lift} *344,{288 - lift} "
            f"*346,{297 - lift} 290,{297 - lift} 220,{309 - lift * 0.5} 150,313 80,314 *62,317"
        ),
        fill=bed,
        wide=4,
        vol=0.3,
        tex=False,
    )
    c.stitch([f"64,314 150,309 220,{305 - lift * 0.5} 290,{293 - lift} 344,{293 - lift}"], "#7A5A36", 0.5)
    for x, w in ((88, 26), (140, 30)):
        k = (x - 88) / 52
        c.part(
            (
                f"*{x},{312 - 2 * k} {x + 10},{284 - 9 * k} {x + 34},{268 - 10 * k} "
                f"*{x + 62},{262 - 10 * k} *{x + 62 + w * 0.5},{276 - 10 * k} {x + 52},{286 - 8 * k} "
                f"{x + 38},{298 - 6 * k} *{x + w + 6},{313 - 3 * k}"
            ),
            wide=7,
            vol=0.4,
            lights=[(x + 14, 292 - 9 * k, x + 58, 268 - 10 * k, -6, 5)],
            folds=[(x + 30, 306, x + 66, 276 - 9 * k, -4, 5)],
        )
        c.stitch(
            [f"{x + 4},{306 - 2 * k} {x + 14},{284 - 9 * k} {x + 36},{271 - 10 * k} {x + 62},{265 - 10 * k}"],
            op=0.5,
        )
    c.cord(f"200,{272 - lift * 0.2} 236,{262 - lift * 0.6} 262,{248 - lift}", c.base, 9)
    c.cord(
        (
            f"258,{288 - lift} 256,{258 - lift} 276,{252 - lift} 312,{254 - lift} 340,{250 - lift} "
            f"340,{286 - lift}"
        ),
        c.base,
        10,
    )
    bx, by = c.warp(284, 247 - lift)
    c.out.append(
        f'<rect x="{bx:.1f}" y="{by:.1f}" width="13" height="14" rx="2" fill="none" '
        f'stroke="{c.metal_fill()}" stroke-width="2.4"/>'
    )
    pair(c, 26, -104)

"""Sunglasses, earrings, necklace and watch."""

from __future__ import annotations

from .canvas import Canvas
from .geometry import sides
from .kinds import kind
from .palettes import darker, lighter, mix
from .trims import grow, metal, ring

#: White pearls with gold, grey ones with silver.
PEARLS = {"gold": "#ECE2D4", "silver": "#B9B5B8"}


@kind(
    "sunglasses",
    "Sunglasses",
    "Occhiali da sole",
    5.5,
    "extra",
    finish="hard",
    tones="deep main accent mid soft",
    patterns="plain",
    warp=0.3,
)
def sunglasses(c: Canvas) -> None:
    """Acetate or wire sunglasses."""
    r = c.rng
    shape = r.choice(("cat", "round", "square"))
    outer = {
        "cat": "*216,226 250,214 300,206 *340,196 342,222 330,262 292,284 248,280 222,258",
        "round": "*214,236 236,208 280,202 322,212 338,244 326,276 284,294 240,286 218,262",
        "square": "*214,222 250,210 310,208 *338,214 340,240 330,278 *312,288 260,290 232,284 218,256",
    }[shape]
    inner = {
        "cat": "228,234 256,224 300,217 328,212 330,230 318,258 288,273 252,270 232,254",
        "round": "226,240 244,217 280,212 314,221 327,246 316,270 282,283 246,277 229,260",
        "square": "226,230 254,220 306,218 328,224 329,242 320,272 306,279 262,280 238,275 229,254",
    }[shape]
    frame = c.base if r.random() < 0.7 else mix(c.base, "#7A4A24", 0.6)
    c.base = frame
    for arm in sides(["334,226 270,248 206,258 128,262"]):  # folded behind the lenses
        c.cord(arm, darker(frame, 0.35), 6)
    for hinge in sides(["*328,210 *343,212 *345,228 *331,230"]):
        c.part(hinge, fill=darker(frame, 0.2), wide=3, vol=0.3)
    gid = c.new_id("l")
    tint = mix(c.palette.deep, r.choice(("#3A3326", "#26303A", "#4A3024")), 0.5)
    c.defs.append(
        f'<linearGradient id="{gid}" x2=".3" y2="1"><stop stop-color="{darker(tint, 0.35)}" '
        f'stop-opacity=".97"/><stop offset="1" stop-color="{lighter(tint, 0.45)}" '
        'stop-opacity=".8"/></linearGradient>'
    )
    c.cord("184,232 192,224 208,224 216,232", frame, 8)
    for spec_o, spec_i in zip(sides([outer]), sides([inner]), strict=False):
        c.part(spec_o, wide=6, vol=0.4, lights=[])
        c.out.append(
            f'<path d="{c.d(spec_i)}" fill="{lighter(tint, 0.75)}"/><path d="{c.d(spec_i)}" '
            f'fill="url(#{gid})" stroke="{darker(frame, 0.6)}" stroke-width=".8"/>'
        )
        x = 244 if spec_o == outer else 88
        c.fill(f"*{x},268 *{x + 30},218 *{x + 44},217 *{x + 16},272", "#FFFFFF", 0.13, "s")
    for k in (1, -1):
        c.button(200 + 134 * k, 218, 2.2, c.metal[1], 0)


@kind(
    "earrings",
    "Earrings",
    "Orecchini",
    5,
    "extra",
    finish="hard",
    tones="accent main soft mid deep",
    patterns="plain",
    warp=0.4,
)
def earrings(c: Canvas) -> None:
    """A pair: hoops, drops or pearls."""
    r = c.rng
    style = r.choice(("hoop", "drop", "pearl"))
    pearl = PEARLS[c.palette.metal]
    grow(c, 96, 150, 304, 350)
    for x in (140, 260):
        if style == "hoop":
            metal(c, c.d(ring(x, 260, 42, 50), True), 9)
            metal(c, c.d(f"{x - 2},210 {x + 4},196 {x + 12},204", False), 3)
            continue
        metal(c, c.d(f"{x},196 {x - 6},172 {x + 4},158 {x + 12},170", False), 3)
        c.button(x, 200, 9, c.metal[1], 0)
        if style == "drop":
            metal(c, c.d(f"{x},208 {x},228", False), 2.4)
            c.part(
                f"*{x},228 {x + 22},272 {x + 26},300 {x},330 {x - 26},300 {x - 22},272",
                wide=10,
                lights=[(x - 12, 262, x - 14, 304, -3, 7)],
            )
            c.out.append(
                f'<path d="{c.d(f"*{x},224 {x + 24},272 {x + 29},301 {x},334 {x - 29},301 {x - 24},272")}" '
                f'fill="none" stroke="{c.metal_fill()}" stroke-width="3"/>'
            )
        else:
            for i, q in enumerate((11, 15, 21)):
                y = 222 + (0, 27, 64)[i]
                c.part(
                    ring(x, y, q, q),
                    fill=pearl,
                    wide=q * 0.7,
                    vol=0.5,
                )
                c.fill(ring(x - q * 0.2, y - q * 0.24, q * 0.52, q * 0.48), lighter(pearl, 0.7), 0.75, "s")
                c.fill(ring(x - q * 0.34, y - q * 0.4, q * 0.17, q * 0.13), "#FFFFFF", 0.9)


@kind(
    "necklace",
    "Necklace",
    "Collana",
    24,
    "extra",
    finish="hard",
    tones="accent main soft mid deep",
    patterns="plain",
    warp=0.8,
)
def necklace(c: Canvas) -> None:
    """A chain with a pendant, or a string of pearls."""
    r = c.rng
    style = r.choice(("pendant", "double", "pearls"))
    arc = "146,92 104,170 116,262 158,330 200,350 242,330 284,262 296,170 254,92"
    grow(c, 96, 62, 304, 352)
    if style == "pearls":
        pearl = PEARLS[c.palette.metal]
        d = c.d(arc + " 200,80", True)
        c.out.append(
            f'<g fill="none" stroke-linecap="round"><path d="{d}" stroke="{darker(pearl, 0.42)}" '
            'stroke-width="15.5" stroke-dasharray=".01 16.2"/>'
            f'<path d="{d}" stroke="{pearl}" stroke-width="14.4" stroke-dasharray=".01 16.2"/><path '
            f'd="{d}" stroke="{lighter(pearl, 0.8)}" stroke-width="5" '
            f'stroke-dasharray=".01 16.2" transform="translate(-2.4 -2.8)"/></g>'
        )
        return
    hi, mid, low = c.metal
    for a, w in ((arc, 3.4), ("150,90 122,150 132,214 166,256 200,266 234,256 268,214 278,150 250,90", 2.6))[
        : 2 if style == "double" else 1
    ]:
        for col, ww in ((low, w), (mid, w * 0.75), (hi, w * 0.28)):
            c.stroke(a + " 200,72", col, ww, dash="4.2 1.4", cap="butt", close=True)
    c.button(200, 355, 5, mid, 0)
    c.part("*200,360 220,384 216,408 200,416 184,408 180,384", wide=8, lights=[(192, 378, 190, 402, -2, 5)])
    c.out.append(
        f'<path d="{c.d("*200,357 223,384 218,411 200,420 182,411 177,384")}" fill="none" '
        f'stroke="{c.metal_fill()}" stroke-width="3.4"/>'
    )


@kind(
    "watch",
    "Watch",
    "Orologio",
    23,
    "extra",
    finish="leather",
    tones="deep mid main accent soft",
    patterns="leather plain",
    warp=0.4,
)
def watch(c: Canvas) -> None:
    """A wristwatch with a leather strap, laid flat."""
    r = c.rng
    c.part(
        "*178,30 200,26 *222,30 226,120 *230,186 *170,186 174,120",
        wide=8,
        lights=[(188, 40, 186, 180, -2, 5)],
    )
    c.part(
        f"*170,312 *230,312 226,390 *222,452 {210},470 {190},470 *178,452 174,390",
        wide=8,
        lights=[(188, 320, 187, 450, -2, 5)],
    )
    c.stitch(sides(["226,184 222,120 218,34", "226,314 222,390 218,452"]), op=0.6)
    for i in range(6):
        c.fill(ring(200, 372 + i * 15, 2.2, 2.6), darker(c.base, 0.8), 0.9)
    c.part("*171,64 *229,64 *228,78 *172,78", wide=4, vol=0.5, solid=False)
    g = c.metal_fill()
    _hi, _mid, low = c.metal
    face = r.choice(("#F6F1E7", "#F6F1E7", c.palette.deep))
    ink = "#2A2520" if face == "#F6F1E7" else "#EFE6D6"
    ticks = "".join(
        f'<path d="M0,-39V{-32 if i % 3 else -29}" transform="rotate({i * 30})"/>' for i in range(12)
    )
    c.out.append(
        f'<rect x="174" y="22" width="52" height="15" rx="4" fill="none" stroke="{g}" '
        'stroke-width="4"/><g transform="translate(200 250)">'
        f'<path d="M-30,-66h60l4,20h-68zM-30,66h60l4,-20h-68z" fill="{g}" stroke="{low}" '
        f'stroke-width=".8"/><rect x="52" y="-6" width="13" height="12" rx="2" fill="{g}" '
        f'stroke="{low}" stroke-width=".7"/>'
        f'<circle r="56" fill="{g}" stroke="{low}" stroke-width="1"/><circle r="48" fill="{low}"/>'
        f'<circle r="46.5" fill="{face}"/><g stroke="{ink}" stroke-width="2">{ticks}</g>'
        f'<g stroke="{ink}" stroke-linecap="round"><path d="M0,5L-16,-19" stroke-width="3.2"/>'
        '<path d="M-2,5L20,-24" stroke-width="2.2"/></g><circle r="2.8" '
        f'fill="{c.palette.accent}"/>'
        f'<path d="M-40,-18A44,44 0 0 1 14,-42L-30,28A44,44 0 0 1 -40,-18" fill="#fff" opacity=".13"/></g>'
    )
    grow(c, 140, 20, 266, 474)

"""Fabrics: how cloth takes light (finish) and what is woven or printed on it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import florals
from .palettes import Palette, contrast, darker, lighter, lightness, mix


@dataclass(frozen=True)
class Finish:
    """How strongly a cloth shows volume, folds, lights, edges and grain."""

    vol: float
    fold: float
    light: float
    edge: float
    grain: float
    blur: float = 1.0


FINISHES: dict[str, Finish] = {
    "cotton": Finish(0.85, 0.85, 0.75, 0.8, 0.05),
    "linen": Finish(0.8, 0.95, 0.6, 0.8, 0.09),
    "wool": Finish(1.0, 0.7, 0.5, 1.0, 0.065),
    "knit": Finish(1.0, 0.65, 0.5, 1.0, 0.06),
    "denim": Finish(0.9, 0.9, 0.8, 1.0, 0.08),
    "satin": Finish(1.05, 1.15, 1.7, 0.7, 0.0, blur=1.15),
    "leather": Finish(1.1, 1.1, 1.5, 1.1, 0.05, blur=0.7),
    "down": Finish(0.7, 0.9, 1.3, 1.0, 0.03),
    "hard": Finish(0.8, 0.8, 1.0, 0.8, 0.0, blur=0.8),
}

#: Patterns, and the finish each one brings (None: the garment's own).
PATTERNS: dict[str, str | None] = {
    "plain": None,
    "pinstripe": None,
    "breton": None,
    "gingham": None,
    "check": None,
    "tartan": None,
    "dot": None,
    "floral-small": None,
    "floral-large": None,
    "denim": "denim",
    "rib": "knit",
    "cable": "knit",
    "tweed": "wool",
    "leather": "leather",
    "satin": "satin",
}


def inks(base: str, palette: Palette) -> list[str]:
    """The palette's other tones, the most legible on ``base`` first, none too harsh."""
    rest = [t for t in palette.tones() if contrast(t, base) > 0.10]
    return sorted(rest, key=lambda t: -min(contrast(t, base), 0.45)) or [darker(base, 0.5)]


def _rects(items: list[tuple[float, float, float, float, str, float]]) -> str:
    return "".join(
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{c}" opacity="{o:g}"/>'
        for x, y, w, h, c, o in items
    )


def _woven(
    gap: float,
    n: int,
    row: float,
    warps: list[tuple[float, float, str, float]],
    wefts: list[tuple[float, float, str, float]],
) -> tuple[float, float, str]:
    """A tile of lines that sway a little, the way cloth on a body does.

    ``warps`` and ``wefts`` are (place in the repeat, width, colour, opacity). Each line runs on beyond the
    tile, or its ends would show where one tile meets the next.
    """
    wide = gap * n if wefts else gap
    high = row * max(1, round(190 / row)) if warps else row
    out = []
    for at, w, col, o in warps:
        h = high / 4
        d = "".join(
            f"M{gap * (i + at):.1f},{-2 * h:.1f}q1.8,{h / 2:.1f} 0,{h:.1f}t" + f"0,{h:.1f} " * 7
            for i in range(round(wide / gap))
        )
        out.append(f'<path d="{d}" stroke="{col}" stroke-width="{w:g}" opacity="{o:g}"/>')
    for at, w, col, o in wefts:
        h = wide / 4
        d = "".join(
            f"M{-2 * h:.1f},{row * (i + at):.1f}q{h / 2:.1f},2.4 {h:.1f},0t" + f"{h:.1f},0 " * 7
            for i in range(round(high / row))
        )
        out.append(f'<path d="{d}" stroke="{col}" stroke-width="{w:g}" opacity="{o * 0.85:.2f}"/>')
    return wide, high, f'<g fill="none">{"".join(out)}</g>'


def tile(
    uid: str, pattern: str, base: str, palette: Palette, rng: random.Random
) -> tuple[float, float, str] | None:
    """Width, height and content of the pattern tile, or None for plain cloth."""
    ink = inks(base, palette)
    dark = lightness(base) < 0.45
    a = ink[0]
    shade, glow = darker(base, 0.5), lighter(base, 0.5)
    if pattern == "pinstripe":
        gap = rng.choice((9, 12, 15))
        line = mix(base, "#F4EFE6" if lightness(base) < 0.72 else palette.deep, 0.6)
        return _woven(gap, 1, 12, [(0.5, 0.9, line, 0.7)], [])
    if pattern == "breton":
        gap = rng.choice((15, 18, 21))
        if lightness(base) > 0.7:
            a = palette.main if lightness(palette.main) < 0.6 else palette.deep
        else:
            a = palette.light
        return _woven(12, 16, gap, [], [(0.5, gap * 0.36, a, 0.92)])
    if pattern == "gingham":
        s = rng.choice((16, 20, 26))
        ground = palette.main if contrast(base, palette.main) > 0.15 else palette.deep
        c = ground if lightness(base) > 0.6 else palette.light
        return _woven(s, 8, s, [(0.5, s / 2, c, 0.45)], [(0.5, s / 2, c, 0.45)])
    if pattern == "check":
        s = rng.choice((34, 42))
        c, e = mix(base, a, 0.6), mix(base, palette.accent, 0.6)
        band = [(0.3, 1.1, c, 0.6), (0.42, 0.8, c, 0.45), (0.82, 0.8, e, 0.6)]
        return _woven(s, 4, s, band, band)
    if pattern == "tartan":
        b, c = ink[1 % len(ink)], ink[2 % len(ink)]
        band = [
            (0.2, 15, palette.deep if not dark else palette.mid, 0.42),
            (0.42, 3, a, 0.6),
            (0.6, 11, b, 0.4),
            (0.79, 1.6, c, 0.8),
            (0.86, 1.6, c, 0.8),
        ]
        return _woven(64, 3, 64, band, band)
    if pattern == "dot":
        s = rng.choice((13, 17, 26))
        r = s * rng.choice((0.13, 0.17))
        spots = ((s / 4, s / 4), (s * 3 / 4, s * 3 / 4))
        return s, s, "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{r:.1f}" fill="{a}"/>' for x, y in spots)
    if pattern == "floral-small":
        return florals.small(uid, base, palette, rng)
    if pattern == "floral-large":
        return florals.large(uid, base, palette, rng)
    if pattern == "denim":
        return (
            3.2,
            3.2,
            (
                f'<path d="M-1,4.2L4.2,-1M-1,1L1,-1M2.2,4.2L4.2,2.2" stroke="{glow}" stroke-width=".7" '
                f'opacity=".28"/>'
            ),
        )
    if pattern == "rib":
        return (
            5.4,
            8,
            _rects([(0, 0, 1.5, 8, shade, 0.3), (1.5, 0, 0.9, 8, shade, 0.12), (3.1, 0, 1.3, 8, glow, 0.26)]),
        )
    if pattern == "jersey":
        return (
            5,
            4.4,
            (
                f'<path d="M0,0L2.5,3.2L5,0" fill="none" stroke="{shade}" stroke-width="1" opacity=".24"/>'
                f'<path d="M0,1.6L2.5,4.8L5,1.6" fill="none" stroke="{glow}" stroke-width=".8" opacity=".2"/>'
            ),
        )
    if pattern == "cable":
        strand = "M{0},-2C{0},9 {1},15 {1},26M{1},-2C{1},3 {2},5 {2},8M{3},17C{3},20 {0},22 {0},26"
        rope = strand.format(14, 24, 20.5, 17.5)
        purl = "".join(
            f'<path d="M{x},{y}q1.6,2.4 3.2,0" />' for x in (1, 5, 31, 35) for y in (1, 5, 9, 13, 17, 21)
        )
        return (
            40,
            24,
            (
                f"{_rects([(8.6, 0, 1.6, 24, shade, 0.32), (28, 0, 1.6, 24, shade, 0.32)])}"
                f'<g fill="none" stroke-linecap="round"><path d="{rope}" stroke="{shade}" stroke-width="8.6" '
                f'opacity=".34"/><path d="{rope}" stroke="{base}" stroke-width="7"/>'
                f'<path d="{rope}" stroke="{glow}" stroke-width="2.4" opacity=".34"/>'
                f'<g stroke="{shade}" stroke-width=".9" opacity=".4">{purl}</g></g>'
            ),
        )
    if pattern == "tweed":
        cols = [mix(base, t, 0.7) for t in ink[:3]] + [shade, glow]
        bits = "".join(
            f'<path d="M{rng.uniform(0, 30):.1f},{rng.uniform(0, 30):.1f}l{rng.uniform(0.8, 2.6):.1f},'
            f'{rng.uniform(-1.6, 1.6):.1f}" stroke="{rng.choice(cols)}"/>'
            for _ in range(34)
        )
        bone = "".join(
            f"M{x},{y}l3.7,3.7l3.8,-3.7" for x in (0, 7.5, 15, 22.5) for y in (-2, 3, 8, 13, 18, 23, 28)
        )
        return (
            30,
            30,
            (
                f'<path d="{bone}" fill="none" stroke="{shade}" stroke-width="1" opacity=".26"/>'
                f'<g stroke-width="1" stroke-linecap="round" opacity=".75">{bits}</g>'
            ),
        )
    return None


#: Denim washes, dark to ecru; the palette tints them a little.
WASHES = {
    "raw": "#2B3A58",
    "indigo": "#3E5680",
    "stone-wash": "#6B88AC",
    "bleach": "#A9BDD2",
    "ecru": "#EDE6D8",
    "washed-black": "#26282C",
}


def denim(palette: Palette, wash: str) -> str:
    """A believable denim ground for this palette."""
    return mix(WASHES[wash], palette.main, 0.1)

"""Printed flowers: a scattered small print and a dense, painterly large one."""

from __future__ import annotations

import math
import random

from .palettes import Palette, contrast, darker, lab, lighter, lightness, mix

#: Blooms of the large print: x, y, size, turn, which of the two flowers.
BLOOMS = (
    (46, 44, 1.0, 10, 0),
    (150, 92, 1.06, 130, 1),
    (66, 148, 0.94, 220, 0),
    (118, 20, 0.66, 70, 1),
    (178, 172, 0.7, 40, 0),
    (8, 102, 0.6, 160, 1),
    (104, 96, 0.4, 250, 0),
    (186, 30, 0.42, 300, 1),
    (122, 172, 0.46, 20, 1),
    (24, 186, 0.4, 190, 1),
)
#: Sprays of leaves that fill what the blooms leave free: x, y, size, turn.
SPRAYS = (
    (88, 66, 1.15, 40),
    (18, 8, 1.0, 190),
    (190, 128, 1.1, 300),
    (34, 92, 0.9, 110),
    (112, 130, 1.15, 200),
    (84, 190, 1.0, 80),
    (156, 40, 1.1, 250),
    (146, 190, 0.9, 10),
)
#: Buds on bent stems: x, y, size, turn.
BUDS = (
    (92, 40, 1.0, 30),
    (186, 66, 0.9, 200),
    (24, 138, 1.0, 280),
    (150, 140, 0.9, 100),
    (70, 196, 0.8, 340),
)
SMALL = (
    (10, 11, 1.0),
    (34, 22, 0.85),
    (16, 37, 0.8),
    (42, 46, 1.0),
    (26, 4, 0.5),
    (47, 10, 0.45),
    (3, 26, 0.5),
)


def _petals(r: float, n: int, wide: float, turn: float = 0) -> str:
    """Path data of ``n`` notched petals about the origin."""
    out = ""
    for i in range(n):
        a = math.tau / n * i + math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)

        def at(x: float, y: float, ca: float = ca, sa: float = sa) -> str:
            return f"{x * ca - y * sa:.1f},{x * sa + y * ca:.1f}"

        w, long = r * wide, r * (1 + 0.08 * (i % 2))
        out += (
            f"M0,0C{at(-w, -long * 0.35)} {at(-w * 1.05, -long)} {at(-w * 0.2, -long)}"
            f"Q{at(0, -long * 0.9)} {at(w * 0.2, -long * 1.02)}"
            f"C{at(w * 1.05, -long)} {at(w, -long * 0.35)} 0,0"
        )
    return out


def _bloom(name: str, r: float, petal: str, heart: str, turn: float) -> tuple[str, str]:
    """Gradients and body of a full flower: petals laid over one another, each deep at its foot and pale at
    its rim, and a heart of stamens.
    """
    grounds, petals = "", ""
    rings = ((1.0, 6, 0.62, 0.0), (0.86, 6, 0.5, 30.0), (0.56, 5, 0.52, 12.0))
    for i, (reach, n, wide, lean) in enumerate(rings):
        tone = lighter(petal, 0.12 * i) if lightness(petal) < 0.7 else darker(petal, 0.05 * i)
        long = r * reach
        grounds += (
            f'<radialGradient id="{name}{i}" gradientUnits="userSpaceOnUse" cx="0" cy="0" '
            f'r="{long * 1.06:.1f}">'
            f'<stop offset=".1" stop-color="{darker(tone, 0.42)}"/><stop offset=".5" stop-color="{tone}"/>'
            f'<stop offset="1" stop-color="{lighter(tone, 0.3)}"/></radialGradient>'
        )
        one = _petals(long, n, wide, turn + lean).split("M")[1:]
        rim = f'stroke="{darker(tone, 0.4)}" stroke-width="{r * 0.022:.2f}" stroke-opacity=".5"'
        each = "".join(f'<path d="M{path}"/>' for path in one)
        petals += f'<g fill="url(#{name}{i})" {rim}>{each}</g>'
    seeds = "".join(
        f"M{math.cos(i * 2.4) * r * q:.1f},{math.sin(i * 2.4) * r * q:.1f}h.01"
        for i, q in enumerate((0.07, 0.12, 0.15, 0.17, 0.2, 0.22, 0.23, 0.25, 0.26, 0.28, 0.29, 0.3))
    )
    return grounds, (
        f'{petals}<circle r="{r * 0.13:.1f}" fill="{darker(heart, 0.45)}"/>'
        f'<path d="{seeds}" stroke="{heart}" stroke-width="{r * 0.07:.1f}" stroke-linecap="round"/>'
    )


def _bud(r: float, petal: str, leaf: str) -> str:
    """A closed flower on its stem, held by two sepals."""
    return (
        f'<path d="M0,0Q{r * 0.2:.1f},{r * 0.8:.1f} {-r * 0.1:.1f},{r * 1.7:.1f}" fill="none" '
        f'stroke="{leaf}" stroke-width="{r * 0.1:.1f}" stroke-linecap="round"/>'
        f'<path d="M0,{r * 0.1:.1f}C{-r * 0.6:.1f},{-r * 0.2:.1f} {-r * 0.4:.1f},{-r * 0.9:.1f} 0,{-r:.1f}'
        f'C{r * 0.4:.1f},{-r * 0.9:.1f} {r * 0.6:.1f},{-r * 0.2:.1f} 0,{r * 0.1:.1f}" fill="{petal}"/>'
        f'<path d="M0,{r * 0.1:.1f}C{-r * 0.1:.1f},{-r * 0.3:.1f} {r * 0.1:.1f},{-r * 0.7:.1f} 0,{-r:.1f}" '
        f'fill="none" stroke="{darker(petal, 0.35)}" stroke-width="{r * 0.05:.2f}"/>'
        f'<path d="M0,{r * 0.2:.1f}Q{-r * 0.6:.1f},0 {-r * 0.5:.1f},{-r * 0.55:.1f}'
        f"Q{-r * 0.1:.1f},{-r * 0.2:.1f} 0,{r * 0.2:.1f}Q{r * 0.1:.1f},{-r * 0.2:.1f} "
        f'{r * 0.5:.1f},{-r * 0.5:.1f}Q{r * 0.6:.1f},0 0,{r * 0.2:.1f}" fill="{leaf}"/>'
    )


def _spray(r: float, leaf: str) -> str:
    """A bent stem with five leaves, each with its rib."""
    out, ribs = "", ""
    for x, y, a, k in (
        (0, -1.0, -8, 1.0),
        (-0.1, -0.5, -62, 0.85),
        (0.12, -0.55, 50, 0.9),
        (-0.05, -0.05, -70, 0.7),
        (0.1, -0.1, 64, 0.75),
    ):
        t = math.radians(a)
        dx, dy = math.sin(t) * r * 0.72 * k, -math.cos(t) * r * 0.72 * k
        px, py = x * r, y * r
        nx, ny = -dy * 0.3, dx * 0.3
        mx, my = px + dx * 0.45, py + dy * 0.45
        out += (
            f"M{px:.1f},{py:.1f}Q{mx + nx:.1f},{my + ny:.1f} {px + dx:.1f},{py + dy:.1f}"
            f"Q{mx - nx:.1f},{my - ny:.1f} {px:.1f},{py:.1f}"
        )
        ribs += f"M{px:.1f},{py:.1f}L{px + dx * 0.8:.1f},{py + dy * 0.8:.1f}"
    return (
        f'<path d="{out}" fill="{leaf}"/>'
        f'<path d="{ribs}M0,{r * 0.4:.1f}Q{r * 0.12:.1f},{-r * 0.3:.1f} 0,{-r:.1f}" '
        f'fill="none" stroke="{darker(leaf, 0.3)}" stroke-width="{max(0.5, r * 0.05):.1f}" opacity=".7"/>'
    )


def _colours(base: str, palette: Palette) -> tuple[str, str, str]:
    """Two petals and a leaf that are legible on ``base``; the most colourful tones bloom."""

    def colour(tone: str) -> float:
        _, a, b = lab(tone)
        return math.hypot(a, b)

    seen = [t for t in palette.tones() if contrast(t, base) > 0.12] or [darker(base, 0.5)]
    loud = sorted(seen, key=colour, reverse=True)
    first = loud[0]
    rest = [t for t in seen if contrast(t, first) > 0.1] or [lighter(first, 0.4)]
    second = max(rest, key=lambda t: min(contrast(t, base), 0.3) + colour(t))
    green = mix("#6B7A52", palette.main, 0.25)
    leaf = mix(green if lightness(base) > 0.5 else lighter(green, 0.25), base, 0.22)
    if contrast(leaf, base) < 0.16:
        leaf = darker(base, 0.34) if lightness(base) > 0.45 else lighter(base, 0.34)
    return first, second, leaf


def _scatter(name: str, x: float, y: float, k: float, turn: float, reach: float, size: float) -> str:
    """One motif, repeated beyond each edge it crosses so that the tile is seamless."""
    out = ""
    for ox in (-size, 0, size):
        for oy in (-size, 0, size):
            if -reach * k < x + ox < size + reach * k and -reach * k < y + oy < size + reach * k:
                out += (
                    f'<use href="#{name}" transform="translate({x + ox:.0f} {y + oy:.0f}) '
                    f'rotate({turn:.0f}) scale({k:.2f})"/>'
                )
    return out


def small(uid: str, base: str, palette: Palette, rng: random.Random) -> tuple[float, float, str]:
    """Sprigs and five-petalled flowers, a hand's breadth apart."""
    petal, second, leaf = _colours(base, palette)
    size, r = 52.0, 5.4
    defs = "".join(
        f'<g id="{uid}{name}">{_spray(r * 1.35, leaf)}<path d="{_petals(r, 5, 0.6)}" fill="{one}"/>'
        f'<circle r="{r * 0.26:.1f}" fill="{two}"/></g>'
        for name, one, two in (("fa", petal, second), ("fb", second, petal))
    )
    body = ""
    for i, (px, py, k) in enumerate(SMALL):
        x, y = px + rng.uniform(-1.8, 1.8), py + rng.uniform(-1.8, 1.8)
        body += _scatter(f"{uid}{'fa' if i % 3 else 'fb'}", x, y, k, rng.uniform(0, 360), 12, size)
    return size, size, f"<defs>{defs}</defs>{body}"


def large(uid: str, base: str, palette: Palette, rng: random.Random) -> tuple[float, float, str]:
    """Layered blooms among leaves, set close, with buds between."""
    petal, second, leaf = _colours(base, palette)
    size, r = 200.0, 36.0
    heart = mix(palette.accent, "#E8C268", 0.7)
    deep = darker(leaf, 0.22)
    first_ground, first = _bloom(f"{uid}ga", r, petal, heart, 0)
    second_ground, other = _bloom(f"{uid}gb", r, second, heart, 14)
    defs = (
        f'{first_ground}{second_ground}<g id="{uid}fa">{first}</g><g id="{uid}fb">{other}</g>'
        f'<g id="{uid}fl">{_spray(r * 0.62, leaf)}</g><g id="{uid}fd">{_spray(r * 0.62, deep)}</g>'
        f'<g id="{uid}fu">{_bud(r * 0.3, petal, deep)}</g>'
    )
    body = ""
    for i, (x, y, k, turn) in enumerate(SPRAYS):
        name = f"{uid}{'fd' if i % 2 else 'fl'}"
        body += _scatter(name, x, y, k, turn + rng.uniform(-15, 15), 50, size)
    for x, y, k, turn in BUDS:
        body += _scatter(f"{uid}fu", x, y, k, turn + rng.uniform(-20, 20), 24, size)
    for x, y, k, turn, _ in BLOOMS:
        for lean, name in ((-48, "fl"), (70, "fd"), (178, "fl")):
            body += _scatter(f"{uid}{name}", x, y, k * 1.5, turn + lean, 56, size)
    for x, y, k, turn, which in BLOOMS:
        body += _scatter(f"{uid}{'fb' if which else 'fa'}", x, y, k, turn + rng.uniform(-12, 12), 40, size)
    return size, size, f"<defs>{defs}</defs>{body}"

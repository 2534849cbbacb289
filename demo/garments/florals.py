"""Printed flowers: a scattered small print and a dense, painterly large one."""

from __future__ import annotations

import math
import random

from .palettes import Palette, contrast, darker, lab, lighter, lightness, mix

#: Blooms of the large print: x, y, size, turn, which of the two flowers.
BLOOMS = (
    (44, 40, 1.0, 10, 0),
    (140, 66, 1.12, 130, 1),
    (66, 128, 0.92, 220, 1),
    (158, 156, 1.02, 40, 0),
    (102, 14, 0.56, 70, 1),
    (10, 92, 0.58, 160, 0),
    (112, 104, 0.5, 250, 0),
    (110, 182, 0.6, 300, 1),
    (24, 172, 0.54, 20, 1),
)
#: Sprays of leaves that fill what the blooms leave free: x, y, size, turn.
SPRAYS = (
    (84, 74, 0.9, 40),
    (18, 10, 0.8, 190),
    (178, 112, 0.85, 300),
    (34, 76, 0.7, 130),
    (128, 138, 0.8, 200),
    (78, 178, 0.8, 80),
    (178, 24, 0.9, 250),
    (150, 190, 0.6, 10),
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


def _bloom(r: float, petal: str, inner: str, heart: str, turn: float) -> str:
    """A full flower: shaded ground, outer and inner petals, a dotted heart."""
    seeds = "".join(
        f"M{math.cos(i * 2.4) * r * 0.17:.1f},{math.sin(i * 2.4) * r * 0.17:.1f}h.01" for i in range(7)
    )
    return (
        f'<path d="{_petals(r * 1.03, 6, 0.6, turn)}" fill="{darker(petal, 0.22)}"/>'
        f'<path d="{_petals(r * 0.94, 6, 0.5, turn)}" fill="{petal}"/>'
        f'<path d="{_petals(r * 0.8, 6, 0.16, turn)}" fill="{darker(petal, 0.3)}" opacity=".35"/>'
        f'<path d="{_petals(r * 0.58, 5, 0.56, turn + 28)}" fill="{inner}"/>'
        f'<circle r="{r * 0.2:.1f}" fill="{heart}"/><path d="{seeds}" stroke="{darker(heart, 0.5)}" '
        f'stroke-width="{r * 0.075:.1f}" stroke-linecap="round"/>'
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
    size, r = 200.0, 25.0
    heart = mix(palette.accent, "#E0B04C", 0.6)
    pale = lighter(petal, 0.45) if lightness(petal) < 0.72 else darker(petal, 0.12)
    pale_second = lighter(second, 0.4) if lightness(second) < 0.72 else mix(second, petal, 0.4)
    defs = (
        f'<g id="{uid}fa">{_bloom(r, petal, pale, heart, 0)}</g>'
        f'<g id="{uid}fb">{_bloom(r, second, pale_second, heart, 14)}</g>'
        f'<g id="{uid}fl">{_spray(r * 0.95, leaf)}</g>'
    )
    body = ""
    for x, y, k, turn in SPRAYS:
        body += _scatter(f"{uid}fl", x, y, k, turn + rng.uniform(-15, 15), 46, size)
    for x, y, k, turn, _ in BLOOMS:
        for lean in (-50, 75):
            body += _scatter(f"{uid}fl", x, y, k * 1.05, turn + lean + 180, 50, size)
    for x, y, k, turn, which in BLOOMS:
        body += _scatter(f"{uid}{'fb' if which else 'fa'}", x, y, k, turn + rng.uniform(-12, 12), 28, size)
    return size, size, f"<defs>{defs}</defs>{body}"

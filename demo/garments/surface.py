"""The drawing surface: turns authored parts into shaded, clipped SVG.

Every part is painted in the same order: ground colour, pattern, volume gradient,
blurred folds (dark, then light), blurred inner edge, hairline. One small warp
moves everything together, so no garment is perfectly symmetric and seams, buttons
and pockets still line up.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

from . import geometry as geo
from .fabrics import FINISHES, PATTERNS, Finish, tile
from .geometry import Fold
from .palettes import METALS, Palette, darker, lighter, lightness, mix


def _room(folds: list[Fold]) -> float:
    """The smaller side of the box around some folds."""
    xs = [x for f in folds for x in (f[0], f[2])]
    ys = [y for f in folds for y in (f[1], f[3])]
    return min(max(xs) - min(xs), max(ys) - min(ys))


class Surface:
    """Panels of one garment: geometry, ground, light and shadow."""

    def __init__(
        self,
        uid: str,
        base: str,
        finish: str,
        pattern: str,
        palette: Palette,
        rng: random.Random,
        warp: float = 1.5,
    ) -> None:
        self.uid, self.base, self.palette, self.rng = uid, base, palette, rng
        self.pattern = pattern
        self.finish: Finish = FINISHES[PATTERNS.get(pattern) or finish]
        self.amp = warp
        self.phase = [rng.uniform(0, 6.28) for _ in range(4)]
        self.metal = METALS[palette.metal]
        self.defs: list[str] = []
        self.out: list[str] = []
        self.main, self.main_area = "", 0.0
        self.turns: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self.used: set[str] = set()
        self.box = [400.0, 500.0, 0.0, 0.0]
        self._n = 0
        made = tile(uid, "jersey" if pattern == "plain" and finish == "knit" else pattern, base, palette, rng)
        self.tile_id = ""
        if made:
            w, h, body = made
            self.tile_id = f"{uid}t"
            self.defs.append(
                f'<pattern id="{self.tile_id}" width="{w:g}" height="{h:g}" '
                f'patternUnits="userSpaceOnUse">{body}</pattern>'
            )

    def warp(self, x: float, y: float) -> tuple[float, float]:
        """Low-frequency drift shared by everything on the sheet."""
        a, (p, q, r, s) = self.amp, self.phase
        return (
            x + a * (math.sin(y / 83 + p) + 0.6 * math.sin(y / 41 + x / 120 + q)),
            y + a * (0.7 * math.sin(x / 92 + r) + 0.4 * math.sin(x / 37 + s)),
        )

    def d(self, spec: str, close: bool = True) -> str:
        """Path data of a spec, warped."""
        nodes = [(*self.warp(x, y), c) for x, y, c in geo.parse(spec)]
        return geo.curve(nodes, close)

    def new_id(self, hint: str = "p") -> str:
        """A fresh id under this garment's prefix."""
        self._n += 1
        return f"{self.uid}{hint}{self._n}"

    def need(self, name: str, room: float = 0) -> str:
        """Ask for a shared filter or gradient; it is written once at the end.

        ``room`` is the smaller side of the shape a blur is for: large shapes take its tight region.
        """
        name += "t" if room > 150 else ""
        self.used.add(name)
        return f"url(#{self.uid}{name})"

    def _tile_for(self, turn: float) -> str:
        if not turn:
            return self.tile_id
        key = f"{turn:.0f}"
        if key not in self.turns:
            self.turns[key] = f"{self.tile_id}r{len(self.turns)}"
            self.defs.append(
                f'<pattern id="{self.turns[key]}" href="#{self.tile_id}" '
                f'patternTransform="rotate({key} 200 200)"/>'
            )
        return self.turns[key]

    def _rib(self, turn: float) -> str:
        key = f"rib{turn:.0f}"
        if key not in self.turns:
            self.turns[key] = f"{self.uid}k{len(self.turns)}"
            self.defs.append(
                f'<pattern id="{self.turns[key]}" width="4.2" height="9" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate({turn:.0f} 200 200)"><path d="M.8,0V9" '
                f'stroke="{darker(self.base, 0.55)}" '
                f'stroke-width="1.3" opacity=".4"/><path d="M2.9,0V9" stroke="{lighter(self.base, 0.5)}" '
                f'stroke-width="1.2" opacity=".3"/></pattern>'
            )
        return self.turns[key]

    def part(
        self,
        spec: str,
        *,
        fill: str | None = None,
        tex: bool | str = True,
        turn: float = 0,
        vol: float = 1,
        folds: Iterable[Fold] = (),
        lights: Iterable[Fold] = (),
        edge: float = 1,
        cast: float = 0,
        drop: tuple[float, float] = (1, 3),
        wide: float = 7,
        tone: float = 0,
        line: float = 1,
        solid: bool = True,
    ) -> str:
        """Paint one panel and return its id.

        ``turn`` rotates the pattern with the panel, ``cast`` throws a soft shadow on
        what is already there, ``tone`` darkens (+) or lightens (-) the panel as a
        whole, ``solid=False`` keeps it out of later shadows and of the bounding box.
        """
        fin, pid = self.finish, self.new_id()
        ground = fill or self.base
        if tone:
            ground = darker(ground, tone) if tone > 0 else lighter(ground, -tone)
        shade, glow, s_op, l_op = self.shades(ground)
        x0, y0, x1, y1 = geo.extent(spec)
        ref = f'href="#{pid}"'
        self.defs.append(f'<clipPath id="{pid}c"><path id="{pid}" d="{self.d(spec)}"/></clipPath>')
        if cast and self.main:
            self.shadow(pid, cast, drop)
        if solid:
            area = (x1 - x0) * (y1 - y0)
            if area > self.main_area:
                self.main, self.main_area = pid, area
            b = self.box
            self.box = [min(b[0], x0), min(b[1], y0), max(b[2], x1), max(b[3], y1)]
        rim = (
            f' stroke="{darker(ground, 0.5)}" stroke-width=".9" stroke-opacity="{0.5 * line:.2f}"'
            if line
            else ""
        )
        o = [f'<use {ref} fill="{ground}"{rim}/><g clip-path="url(#{pid}c)">']
        cover = (
            f'<rect x="{x0 - 14:.0f}" y="{y0 - 14:.0f}" width="{x1 - x0 + 28:.0f}" '
            f'height="{y1 - y0 + 28:.0f}"'
        )
        if tex == "rib":
            o.append(f'{cover} fill="url(#{self._rib(turn)})"/>')
        elif self.tile_id and tex and not fill:
            o.append(f'{cover} fill="url(#{self._tile_for(turn)})"/>')
        if vol:
            o.append(f'<use {ref} fill="{self.need("h")}" opacity="{vol * fin.vol * s_op * 0.8:.2f}"/>')
        o += self._folds(list(folds), list(lights), shade, glow, s_op, l_op)
        if edge:
            soft = self.need("m", min(x1 - x0, y1 - y0))
            o.append(
                f'<use {ref} fill="none" stroke="{shade}" stroke-width="{wide:g}" '
                f'filter="{soft}" opacity="{min(0.8, edge * fin.edge * s_op * 0.62):.2f}"/>'
            )
        o.append("</g>")
        self.out.append("".join(o))
        return pid

    def shades(self, ground: str) -> tuple[str, str, float, float]:
        """Shadow colour, light colour and how strongly each shows on this ground."""
        lum = lightness(ground)
        if lum > 0.84:
            shade = mix(darker(ground, 0.5), "#6E4F38", 0.4)
        else:
            shade = mix(darker(ground, 0.62), "#3A2A2A", 0.18) if lum > 0.35 else darker(ground, 0.75)
        glow = lighter(ground, 0.75 if lum > 0.5 else 0.45 if lum > 0.35 else 0.34)
        s_op = 0.42 if lum > 0.9 else 0.5 if lum > 0.75 else 0.62 if lum > 0.5 else 0.8
        l_op = 0.9 if lum > 0.9 else 0.6 if lum > 0.5 else 0.62 if lum > 0.35 else 0.5
        return shade, glow, s_op, l_op

    def _folds(
        self, folds: list[Fold], lights: list[Fold], shade: str, glow: str, s_op: float, l_op: float
    ) -> list[str]:
        """Dark creases, each lit along its left flank, then free lights."""
        fin, out = self.finish, []
        glint = f'fill="{glow}" opacity="{min(0.9, fin.light * l_op):.2f}"'
        groups: tuple[tuple[str, list[Fold]], ...] = (
            ("b", [f for f in folds if f[5] >= 8]),
            ("m", [f for f in folds if 3.5 <= f[5] < 8]),
            ("s", [f for f in folds if f[5] < 3.5]),
        )
        free = "".join(geo.lens(f, self.warp) for f in lights)
        for blur, some in groups:
            more = lights if blur == "b" else []
            if not some and not more:
                continue
            o = [f'<g filter="{self.need(blur, _room(some + more))}">']
            if some:
                fid = self.new_id("f")
                d = "".join(geo.lens(f, self.warp) for f in some)
                lit = {"b": (-9, -2), "m": (-4.5, -2), "s": (-2, -1)}[blur]
                self.defs.append(f'<path id="{fid}" d="{d}"/>')
                o.append(
                    f'<use href="#{fid}" {glint} transform="translate({lit[0]} {lit[1]})"/>'
                    f'<use href="#{fid}" fill="{shade}" opacity="{min(0.95, fin.fold * s_op):.2f}"/>'
                )
            if more:
                o.append(f'<path d="{free}" {glint}/>')
            out.append("".join([*o, "</g>"]))
        return out

    def shadow(self, pid: str, cast: float, drop: tuple[float, float] = (1, 3)) -> None:
        """A soft cast shadow of a part, only on the largest panel painted so far."""
        self.out.append(
            f'<g clip-path="url(#{self.main}c)"><use href="#{pid}" fill="{darker(self.base, 0.8)}" '
            f'transform="translate({drop[0]:g} {drop[1]:g})" filter="{self.need("m")}" '
            f'opacity="{cast * 0.5:.2f}"/></g>'
        )

    def fit(self) -> tuple[float, float, float]:
        """Scale and shift that set the piece in its frame: same margins for all."""
        x0, y0, x1, y1 = self.box
        k = min(360 / (x1 - x0), 456 / (y1 - y0), 1.5)
        return k, 200 - k * (x0 + x1) / 2, 250 - k * (y0 + y1) / 2

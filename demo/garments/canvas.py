"""The whole drawing tool: panels from :class:`Surface`, and the marks set on them.

Seams, stitches, cords, buttons, zips and labels, then the finished document.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import geometry as geo
from .lighting import shared_defs
from .palettes import darker, lighter, lightness, mix
from .surface import Surface


class Canvas(Surface):
    """One garment being drawn."""

    def seams(
        self, specs: Sequence[str], op: float = 0.5, width: float = 0.9, ground: str | None = None
    ) -> None:
        """Pressed seams: a dark hairline with a light one beside it."""
        g = ground or self.base
        d = "".join(self.d(s, close=False) for s in specs)
        sid = self.new_id("s")
        self.out.append(
            f'<g fill="none" stroke-width="{width:g}" stroke-linecap="round"><g stroke="{darker(g, 0.55)}" '
            f'opacity="{op:.2f}"><path id="{sid}" d="{d}"/></g><use href="#{sid}" stroke="{lighter(g, 0.4)}" '
            f'opacity="{op * 0.5:.2f}" transform="translate(.7 .8)"/></g>'
        )

    def stitch(
        self,
        specs: Sequence[str],
        color: str | None = None,
        op: float = 0.55,
        width: float = 0.8,
        dash: str = "2.4 1.5",
    ) -> None:
        """Topstitching."""
        c = color or (darker(self.base, 0.42) if lightness(self.base) > 0.4 else lighter(self.base, 0.3))
        d = "".join(self.d(s, close=False) for s in specs)
        self.out.append(
            f'<path d="{d}" fill="none" stroke="{c}" stroke-width="{width:g}" '
            f'stroke-dasharray="{dash}" opacity="{op:g}"/>'
        )

    def stroke(
        self,
        spec: str,
        color: str,
        width: float,
        op: float = 1,
        cap: str = "round",
        close: bool = False,
        dash: str = "",
    ) -> None:
        """A plain stroke (laces, chains, straps)."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self.out.append(
            f'<path d="{self.d(spec, close)}" fill="none" stroke="{color}" stroke-width="{width:g}" '
            f'stroke-linecap="{cap}" stroke-linejoin="round" opacity="{op:g}"{extra}/>'
        )

    def fill(self, spec: str, color: str, op: float = 1, blur: str = "", clip: str = "") -> None:
        """A plain filled shape, optionally blurred and clipped to a part."""
        f = f' filter="{self.need(blur)}"' if blur else ""
        mark = f'<path d="{self.d(spec)}" fill="{color}" opacity="{op:g}"{f}/>'
        self.out.append(f'<g clip-path="url(#{clip}c)">{mark}</g>' if clip else mark)

    def cord(self, spec: str, color: str, width: float) -> None:
        """A round strap or lace: shadow, body, light along the top."""
        d = self.d(spec, close=False)
        x0, y0, x1, y1 = geo.extent(spec)
        b, h = self.box, width / 2
        self.box = [min(b[0], x0 - h), min(b[1], y0 - h), max(b[2], x1 + h), max(b[3], y1 + h)]
        cid = self.new_id("c")
        self.out.append(
            f'<g fill="none" stroke-linecap="round" stroke-linejoin="round"><g stroke="{darker(color, 0.5)}" '
            f'stroke-width="{width:g}"><path id="{cid}" d="{d}"/></g><use href="#{cid}" stroke="{color}" '
            f'stroke-width="{width * 0.74:.2f}"/><use href="#{cid}" stroke="{lighter(color, 0.5)}" '
            f'stroke-width="{width * 0.2:.2f}" opacity=".6" transform="translate({-width * 0.12:.2f} '
            f'{-width * 0.12:.2f})"/></g>'
        )

    def button(self, x: float, y: float, r: float = 3.4, color: str | None = None, holes: int = 4) -> None:
        """A sewn button with rim, light and holes; ``holes=0`` is a metal shank."""
        x, y = self.warp(x, y)
        c = color or mix(self.base, "#F2EADC" if lightness(self.base) > 0.55 else "#15120F", 0.45)
        key = f"{r:g}{c}{holes}"
        if key not in self.made:
            self.made[key] = bid = self.new_id("b")
            dark, k = darker(c, 0.55), r * 0.24
            pts = {4: ((-1, -1), (1, -1), (-1, 1), (1, 1)), 2: ((-1, 0), (1, 0)), 0: ()}[holes]
            dots = "".join(f"M{a * k:.1f},{b * k:.1f}h.01" for a, b in pts)
            self.defs.append(
                f'<g id="{bid}"><circle r="{r:g}" cx=".5" cy="1.1" fill="{darker(self.base, 0.7)}" '
                'opacity=".35"/>'
                f'<circle r="{r:g}" fill="{c}" stroke="{dark}" stroke-width=".5" stroke-opacity=".6"/>'
                f'<path d="M{-r * 0.62:.1f},{-r * 0.2:.1f}A{r * 0.66:.1f},{r * 0.66:.1f} 0 0 1 '
                f'{r * 0.3:.1f},{-r * 0.6:.1f}" '
                'fill="none" stroke="#fff" stroke-width=".7" stroke-linecap="round" '
                f'opacity="{0.75 if holes else 0.9}"/>'
                + (
                    f'<path d="{dots}" stroke="{dark}" stroke-width="{r * 0.26:.1f}" stroke-linecap="round"/>'
                    if dots
                    else ""
                )
                + "</g>"
            )
        self.out.append(f'<use href="#{self.made[key]}" x="{x:.1f}" y="{y:.1f}"/>')

    def metal_fill(self) -> str:
        """Paint reference for the palette's metal."""
        return self.need("g")

    def zip(self, spec: str, width: float = 3.2, pull: tuple[float, float] | None = None) -> None:
        """Zip teeth along a line, with an optional puller."""
        hi, _mid, low = self.metal
        d = self.d(spec, close=False)
        zid = self.new_id("y")
        self.out.append(
            f'<g fill="none"><g stroke="{darker(self.base, 0.5)}" stroke-width="{width + 1.6:g}" '
            'opacity=".55">'
            f'<path id="{zid}" d="{d}"/></g><use href="#{zid}" stroke="{low}" stroke-width="{width:g}"/>'
            f'<use href="#{zid}" stroke="{hi}" stroke-width="{width:g}" stroke-dasharray=".9 1.1"/></g>'
        )
        if pull:
            x, y = self.warp(*pull)
            self.out.append(
                f'<path d="M{x - 2:.1f},{y:.1f}h4l1,5-1.4,9h-3.2l-1.4,-9z" fill="{self.metal_fill()}" '
                f'stroke="{low}" stroke-width=".5"/>'
            )

    def label(self, y: float, w: float = 19, h: float = 9) -> None:
        """The woven label inside the back neck."""
        x, y = self.warp(200, y)
        cloth = "#F3EDE2" if lightness(self.base) < 0.62 else darker(self.palette.deep, 0.1)
        thread = "#6B6258" if lightness(self.base) < 0.62 else "#E9E0D2"
        self.out.append(
            f'<rect x="{x - w / 2:.1f}" y="{y:.1f}" width="{w:g}" height="{h:g}" rx=".6" fill="{cloth}" '
            f'opacity=".92"/><path d="M{x - w * 0.28:.1f},{y + h * 0.5:.1f}h{w * 0.56:.1f}" '
            f'stroke="{thread}" '
            f'stroke-width="1" opacity=".8"/>'
        )

    def svg(self, title: str) -> str:
        """The finished document."""
        body = "".join(self.out)
        shared = shared_defs(self)
        k, x, y = self.fit()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" role="img"><title>{title}</title>'
            f'<defs>{shared}{"".join(self.defs)}</defs><g transform="translate({x:.1f} {y:.1f}) '
            f'scale({k:.3f})">'
            f"{body}</g></svg>"
        )

    def grain(self) -> float:
        """How much the weave roughens the light, 0 to about 0.35: pale cloth shows it least."""
        return self.finish.grain * (1.7 if lightness(self.base) > 0.8 else 4)

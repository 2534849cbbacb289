"""One garment from its description: the register, the ground colour and the finished SVG."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from . import (
    accessories,
    bags,
    coats,
    court,
    dresses,
    evening,
    jackets,
    jewellery,
    knits,
    puffer,
    shirts,
    shoes,
    skirts,
    tailoring,
    tops,
    trousers,
)
from .canvas import Canvas
from .fabrics import PATTERNS, WASHES, denim
from .kinds import KINDS
from .palettes import Palette

#: The modules that draw. Importing one registers its kinds, so they are named here once.
DRAWN_IN = (
    tops,
    shirts,
    knits,
    tailoring,
    jackets,
    coats,
    puffer,
    dresses,
    evening,
    skirts,
    trousers,
    shoes,
    court,
    bags,
    accessories,
    jewellery,
)


def ground(palette: Palette, tone: str) -> str:
    """The ground colour a tone stands for: a palette role, a denim wash or ``#RRGGBB`` itself."""
    if tone.startswith("#"):
        return tone
    return denim(palette, tone) if tone in WASHES else str(getattr(palette, tone))


def _draw(kind: str, palette: Palette, pattern: str, seed: int, tone: str | None = None) -> Canvas:
    spec = KINDS[kind]
    if pattern not in PATTERNS:
        raise ValueError(f"unknown pattern {pattern!r}")
    mark = zlib.crc32(f"{kind}|{palette.key}|{pattern}|{seed}".encode())
    rng = random.Random(mark)
    if tone:
        mark = zlib.crc32(f"{mark}{tone}".encode())
    tones = spec.tones
    usual = tones[min(int(rng.random() ** 1.6 * len(tones)), len(tones) - 1)]
    uid = "".join("abcdefghijklmnopqrstuvwxyz"[mark // 26**i % 26] for i in range(4))
    base = ground(palette, tone or (rng.choice(list(WASHES)) if pattern == "denim" else usual))
    canvas = Canvas(uid, base, spec.finish, pattern, palette, rng, spec.warp)
    spec.draw(canvas)
    return canvas


@dataclass(frozen=True)
class Drawing:
    """A finished drawing and what a renderer and a look need to know about it."""

    svg: str
    box: tuple[float, float, float, float]  # x0, y0, x1, y1 of the piece on the 400 x 500 sheet
    cm_per_unit: float
    grain: float  # strength of the cloth's grain, put on by the renderer


def draw(kind: str, palette: Palette, pattern: str, seed: int, tone: str | None = None) -> Drawing:
    """One garment with a transparent background, on a sheet of 400 x 500 units.

    The seed picks the variant of the cut and, without ``tone``, the ground from the tones that
    suit the kind. ``tone`` is a palette role (``light``, ``soft``, ``mid``, ``main``, ``deep``,
    ``accent``), a denim wash (see :data:`~demo.garments.fabrics.WASHES`) or ``#RRGGBB``.
    Same arguments, same drawing. The box counts authored points, not stroke widths or blur:
    allow :data:`BLEED` units around it.

    Raises:
        KeyError: the kind is not in the register.
        ValueError: the pattern does not exist.
    """
    canvas = _draw(kind, palette, pattern, seed, tone)
    k, dx, dy = canvas.fit()
    x0, y0, x1, y1 = canvas.box
    box = (k * x0 + dx, k * y0 + dy, k * x1 + dx, k * y1 + dy)
    return Drawing(
        svg=canvas.svg(f"{KINDS[kind].en}, {palette.en}"),
        box=box,
        cm_per_unit=KINDS[kind].cm / (box[3] - box[1]),
        grain=canvas.grain(),
    )


#: Units around the measured box that strokes, fringes and shadows may still touch.
BLEED = 6.0

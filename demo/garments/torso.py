"""The body that most garments share: shoulders, side seams, sleeves, collars."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Canvas
from .geometry import Fold, flip, mirror_folds, pt, sym

#: Mirrors a spec for the left side, or leaves it as it is for the right.
Turn = Callable[[str], str]


@dataclass
class Torso:
    """Half-widths and heights of a bodice on the 400 x 500 sheet (centre x = 200)."""

    ny: float = 90  # neck point
    nw: float = 36  # half neck
    sw: float = 86  # half shoulder
    drop: float = 22  # shoulder slope
    uy: float = 190  # underarm
    cw: float = 92  # half chest
    wy: float = 270  # waist
    ww: float = 88  # half waist
    hy: float = 380  # hem
    hw: float = 94  # half hem
    scoop: float = 12  # how far the armhole cuts in

    @property
    def sy(self) -> float:
        """Shoulder tip height."""
        return self.ny + self.drop

    def side(self) -> str:
        """Right shoulder to right hem corner, as spec text."""
        ay = (self.sy + self.uy) / 2
        return " ".join(
            (
                pt(200 + self.nw, self.ny, True),
                pt(200 + (self.nw + self.sw) / 2, self.ny + self.drop * 0.42),
                pt(200 + self.sw, self.sy, True),
                pt(200 + min(self.sw, self.cw) - self.scoop * 0.6, ay + 8),
                pt(200 + self.cw, self.uy, True),
                pt(200 + (self.cw + self.ww) / 2 - 1, (self.uy + self.wy) / 2),
                pt(200 + self.ww, self.wy),
                pt(200 + self.hw - (self.hw - self.ww) * 0.25, (self.wy + self.hy * 2) / 3),
                pt(200 + self.hw, self.hy, True),
            )
        )

    def armhole(self) -> str:
        """The right armhole seam."""
        ay = (self.sy + self.uy) / 2
        return " ".join(
            (
                pt(200 + self.sw, self.sy),
                pt(200 + min(self.sw, self.cw) - self.scoop * 0.6, ay + 8),
                pt(200 + self.cw, self.uy),
            )
        )

    def body(self, neck: str, hem: str) -> str:
        """Whole front: ``neck`` runs centre -> neck point, ``hem`` hem corner -> centre."""
        return sym(f"{neck} {self.side()} {hem}")

    def back_neck(self, depth: float, rise: float = 7) -> str:
        """The inside of the back, seen through the neckline."""
        lift = self.ny - max(0, rise - 6)
        return sym(
            f"{pt(200, self.ny - rise)} {pt(200 + self.nw * 0.6, self.ny - rise * 0.97)} "
            f"{pt(200 + self.nw + (1 if rise < 10 else -3), lift, True)} "
            f"{pt(200 + self.nw * 0.9, self.ny + depth * 0.6, True)} "
            f"{pt(200, self.ny + depth, True)}"
        )


@dataclass
class Sleeve:
    """A right sleeve (use :func:`flip` for the left one)."""

    t: Torso
    length: float
    angle: float  # degrees from vertical
    elbow: float  # fullness half way
    cuff: float  # width at the end
    puff: float = 6  # how far the cap swells outwards
    bend: float = 4  # forward bend of the arm
    belly: float = 0  # extra swell in the lower half (balloon sleeves)

    def at(self, s: float, k: float) -> tuple[float, float]:
        """Point at ``s`` along (0 shoulder, 1 cuff) and ``k`` across (0 outer, 1 inner)."""
        a = math.radians(self.angle)
        dx, dy, nx, ny = math.sin(a), math.cos(a), math.cos(a), -math.sin(a)
        t, reach = self.t, self.length * s
        swell = math.sin(max(0.0, min(1.0, (s - 0.25) / 0.7)) * math.pi) * self.belly
        out = (self.puff + 3) * (1 - math.exp(-reach / 11)) * (1 - 0.4 * s) + swell
        ox = 200 + t.sw + dx * reach + self.bend * (s - s * s) * 2 + nx * out
        oy = t.sy + dy * reach + ny * out
        # inner edge: a straight run from the underarm to the cuff, a little full at the elbow
        ux, uy = 200 + t.cw - 1, t.uy + 2
        end = self.length
        tip = (self.puff + 3) * 0.6
        cx = 200 + t.sw + dx * end + nx * (tip - self.cuff)
        cy = t.sy + dy * end + ny * (tip - self.cuff)
        s0 = ((ux - 200 - t.sw) * dx + (uy - t.sy) * dy) / end
        u = (s - s0) / (1 - s0) if s0 < 0.95 else 1.0
        if u < 0:
            ix, iy = 200 + t.sw + (ux - 200 - t.sw) * s / s0 - t.scoop * 0.5, t.sy + (uy - t.sy) * s / s0
        else:
            full = math.sin(min(1, u) * math.pi) * (self.elbow * 0.06 + self.belly * 0.8)
            ix, iy = ux + (cx - ux) * u - nx * full, uy + (cy - uy) * u - ny * full
        return ox + (ix - ox) * k, oy + (iy - oy) * k

    def p(self, s: float, k: float, corner: bool = False) -> str:
        """:meth:`at` as spec text."""
        return pt(*self.at(s, k), corner)

    def spec(self, end: float = 1.0) -> str:
        """Outline from the shoulder to ``end`` of the length; its top hides under the body."""
        t = self.t
        outer = [self.p(s * end, 0) for s in (min(0.09, 8 / self.length), 0.16, 0.42, 0.74)]
        inner = [self.p(s * end, 1) for s in ((0.8, 0.55) if self.length > 130 else ())]
        ay = (t.sy + t.uy) / 2
        return " ".join(
            (
                pt(200 + t.sw - 1, t.sy - 0.8, True),
                *outer,
                self.p(end, 0, True),
                self.p(end + 0.01, 0.5),
                self.p(end, 1, True),
                *inner,
                pt(200 + t.cw - 1, t.uy + 2, True),
                pt(200 + min(t.sw, t.cw) - t.scoop * 0.6, ay + 8),
            )
        )

    def band(self, s0: float, s1: float, grow: float = 0) -> str:
        """A band across the sleeve (cuff, rib)."""
        g = grow / max(1.0, self.cuff)
        return " ".join(
            (
                self.p(s0, -g, True),
                self.p(s1, -g, True),
                self.p(s1 + 0.012, 0.5),
                self.p(s1, 1 + g, True),
                self.p(s0, 1 + g, True),
                self.p(s0 + 0.012, 0.5),
            )
        )

    def fold(self, s0: float, k0: float, s1: float, k1: float, bend: float, width: float) -> Fold:
        """A fold in sleeve coordinates."""
        return (*self.at(s0, k0), *self.at(s1, k1), bend, width)


def draw_sleeves(
    c: Canvas,
    make: Callable[[float], Sleeve],
    *,
    end: float = 1.0,
    folds: bool = True,
    extra: Callable[[Canvas, Sleeve, Turn, int], None] | None = None,
) -> None:
    """Both sleeves, each with its own slight angle; ``extra`` adds cuffs and marks."""
    for side in (1, -1):
        s = make(c.rng.uniform(-1.6, 1.6))
        turn: Turn = (lambda q: q) if side == 1 else flip
        long = s.length > 130
        marks: list[Fold] = []
        if folds:
            marks = [s.fold(0.04, 0.5, 0.36, 0.62, 3, 5), s.fold(0.24, 1.0, 0.5, 0.4, 5, 6)]
            if long:
                marks += [
                    s.fold(0.42, 1.05, 0.58, 0.2, 5, 5),
                    s.fold(0.52, -0.02, 0.66, 0.62, -4, 4.5),
                    s.fold(0.66, 1.0, 0.84, 0.3, 4, 5),
                    s.fold(0.12, 0.85, 0.95, 0.9, 0, 9),
                ]
            else:
                marks += [s.fold(0.5, 1.0, 1.05, 0.7, 2, 7)]
        if side == -1:
            marks = [(400 - a, b, 400 - x, y, -bd, w) for a, b, x, y, bd, w in marks]
        c.part(
            turn(s.spec(end)),
            turn=-side * s.angle,
            folds=marks,
            wide=8,
            cast=0.28,
            drop=(-side * 1.5, 2),
            edge=0.6,
        )
        if extra:
            extra(c, s, turn, side)


def drape(t: Torso, strength: float = 1) -> list[Fold]:
    """The folds of a hanging front: underarm drags, waist creases, hem waves."""
    k = strength
    right: list[Fold] = [
        (200 + t.cw - 2, t.uy + 6, 200 + t.cw * 0.34, t.uy + 62, -10, 6.5 * k),
        (200 + t.cw - 1, t.uy + 22, 200 + t.ww * 0.55, t.wy + 14, -12, 8 * k),
        (200 + t.ww - 1, t.wy - 2, 200 + t.ww * 0.5, t.wy + 30, -6, 5 * k),
        (200 + t.ww * 0.56, t.wy + 16, 200 + t.hw * 0.6, t.hy + 14, 6, 10 * k),
        (200 + t.ww * 0.92, t.wy + 30, 200 + t.hw * 0.86, t.hy + 8, 3, 7 * k),
    ]
    centre: list[Fold] = [(200 - t.ww * 0.1, t.wy - 12, 200 - t.hw * 0.2, t.hy + 14, -5, 9 * k)]
    return mirror_folds(right) + centre

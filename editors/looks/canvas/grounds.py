"""What pieces can lie on: the plate of the page, plain papers, colours, and textures drawn by us."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Ground(StrEnum):
    """`plate` paints nothing: the page's own ground shows, as it did before grounds could be chosen."""

    PLATE = "plate"
    PAPER = "paper"
    CHALK = "chalk"
    STONE = "stone"
    CLAY = "clay"
    SKY = "sky"
    SAGE = "sage"
    BLUSH = "blush"
    SUN = "sun"
    LINEN = "linen"
    GRID = "grid"
    DOTS = "dots"
    TERRAZZO = "terrazzo"


@dataclass(frozen=True, slots=True)
class Painted:
    """A plain colour, and over it the inside of an SVG pattern `size` canvas units wide and tall."""

    words: Any
    colour: str = ""
    pattern: str = ""
    size: int = 0


_LINEN = (
    '<path d="M0 3h24M0 9h24M0 15h24M0 21h24" stroke="#b9ab93" stroke-opacity=".34"/>'
    '<path d="M3 0v24M9 0v24M15 0v24M21 0v24" stroke="#fffaf0" stroke-opacity=".5"/>'
    '<path d="M0 12h9M15 18h9" stroke="#a3937a" stroke-opacity=".3"/>'
)
_GRID = '<path d="M0 .5h48M.5 0v48" stroke="#8a9a94" stroke-opacity=".45" fill="none"/>'
_DOTS = '<circle cx="10" cy="10" r="3.2" fill="#fffaf4"/><circle cx="30" cy="30" r="3.2" fill="#fffaf4"/>'
_TERRAZZO = (
    '<path d="M14 22l18-8 10 14-16 10z" fill="#c98d74"/><path d="M92 12l14 6-4 15-17-4z" fill="#8d9c8b"/>'
    '<path d="M58 66l20-4 6 16-22 6z" fill="#d9b779"/><path d="M18 96l14-4 8 12-12 12z" fill="#7c8794"/>'
    '<path d="M112 92l18-10 10 16-14 14z" fill="#c98d74"/><path d="M66 118l12-4 6 10-12 8z" fill="#a39a8d"/>'
    '<path d="M130 44l10-2 4 10-10 4z" fill="#7c8794"/><path d="M44 44l8-2 2 8-8 2z" fill="#a39a8d"/>'
    '<path d="M96 138l12-2-2 8-8 2z" fill="#8d9c8b"/>'
)

GROUNDS: dict[Ground, Painted] = {
    Ground.PLATE: Painted(_l("As the page")),
    Ground.PAPER: Painted(_l("Paper"), "#f0ebe2"),
    Ground.CHALK: Painted(_l("Chalk"), "#e6dfd3"),
    Ground.STONE: Painted(_l("Stone"), "#d5cec2"),
    Ground.CLAY: Painted(_l("Clay"), "#c3bcb0"),
    Ground.SKY: Painted(_l("Sky"), "#c6d2d8"),
    Ground.SAGE: Painted(_l("Sage"), "#c4cbb6"),
    Ground.BLUSH: Painted(_l("Blush"), "#e3c8bd"),
    Ground.SUN: Painted(_l("Sun"), "#e6cf96"),
    Ground.LINEN: Painted(_l("Linen"), "#e4d9c6", _LINEN, 24),
    Ground.GRID: Painted(_l("Squared paper"), "#eef0ea", _GRID, 48),
    Ground.DOTS: Painted(_l("Dots"), "#d2b3a6", _DOTS, 40),
    Ground.TERRAZZO: Painted(_l("Terrazzo"), "#ece4d8", _TERRAZZO, 150),
}


def fill_of(ground: Ground) -> str:
    """What an SVG's `fill` says for a ground; its pattern must stand in the same document."""
    painted = GROUNDS[ground]
    if not painted.colour:
        return "none"
    return f"url(#ground-{ground})" if painted.pattern else painted.colour


def pattern_of(ground: Ground) -> str:
    """The `<pattern>` a ground is filled with, as markup; empty for a plain one."""
    painted = GROUNDS[ground]
    if not painted.pattern:
        return ""
    return (
        f'<pattern id="ground-{ground}" width="{painted.size}" height="{painted.size}"'
        f' patternUnits="userSpaceOnUse">'
        f'<rect width="{painted.size}" height="{painted.size}" fill="{painted.colour}"/>'
        f"{painted.pattern}</pattern>"
    )

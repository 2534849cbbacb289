"""Filters and gradients that every panel of one drawing shares.

Written once per document: one blur for each strength of fold, one volume gradient
across a panel and the metal of the trims. A blur comes in two regions, a generous one for small
shapes and a tight one for large panels, which halves the time a renderer spends on it.
"""

from __future__ import annotations

from .palettes import darker, lighter
from .surface import Surface


def shared_defs(surface: Surface) -> str:
    """Only those shared filters and gradients this drawing asked for."""
    u, soft = surface.uid, surface.finish.blur
    dark = darker(surface.base, 0.7)
    glow = lighter(surface.base, 0.6)

    def blur(name: str, deviation: float, margin: float) -> str:
        return (
            f'<filter id="{u}{name}" x="{-margin:g}" y="{-margin:g}" width="{1 + 2 * margin:g}" '
            f'height="{1 + 2 * margin:g}" color-interpolation-filters="sRGB">'
            f'<feGaussianBlur stdDeviation="{deviation * soft:g}"/></filter>'
        )

    made = {
        "b": blur("b", 7, 0.3),
        "bt": blur("bt", 7, 0.14),
        "m": blur("m", 2.8, 0.3),
        "mt": blur("mt", 2.8, 0.06),
        "s": blur("s", 1, 0.3),
        "st": blur("st", 1, 0.06),
        "h": (
            f'<linearGradient id="{u}h"><stop stop-color="{dark}" stop-opacity=".55"/>'
            f'<stop offset=".1" stop-color="{dark}" stop-opacity=".16"/><stop offset=".22" '
            f'stop-color="{glow}" '
            f'stop-opacity=".1"/><stop offset=".38" stop-color="{glow}" stop-opacity=".3"/><stop '
            'offset=".56" '
            f'stop-color="{glow}" stop-opacity=".04"/><stop offset=".7" stop-color="{dark}" '
            'stop-opacity=".08"/>'
            f'<stop offset=".9" stop-color="{dark}" stop-opacity=".34"/><stop offset="1" '
            f'stop-color="{dark}" '
            f'stop-opacity=".7"/></linearGradient>'
        ),
        "g": (
            f'<linearGradient id="{u}g" x2="1" y2="1"><stop offset="0" stop-color="{surface.metal[0]}"/>'
            f'<stop offset=".45" stop-color="{surface.metal[1]}"/><stop offset=".6" '
            f'stop-color="{surface.metal[0]}"/>'
            f'<stop offset="1" stop-color="{surface.metal[2]}"/></linearGradient>'
        ),
    }
    return "".join(made[k] for k in sorted(surface.used))

"""Filters and gradients that every panel of one drawing shares.

Written once per document: one blur for each strength of fold, one volume gradient
across a panel, the metal of the trims, and the grain of the cloth.
"""

from __future__ import annotations

from .palettes import darker, lighter, lightness
from .surface import Surface


def shared_defs(surface: Surface) -> str:
    """Only those shared filters and gradients this drawing asked for."""
    u, fin = surface.uid, surface.finish
    bl = fin.blur
    dark = darker(surface.base, 0.7)
    glow = lighter(surface.base, 0.6)
    region = 'x="-.12" y="-.12" width="1.24" height="1.24"'
    srgb = 'color-interpolation-filters="sRGB"'
    near = f'x="-.3" y="-.3" width="1.6" height="1.6" {srgb}'
    made = {
        "b": f'<filter id="{u}b" {near}><feGaussianBlur stdDeviation="{7 * bl:g}"/></filter>',
        "m": f'<filter id="{u}m" {near}><feGaussianBlur stdDeviation="{2.8 * bl:g}"/></filter>',
        "s": f'<filter id="{u}s" {near}><feGaussianBlur stdDeviation="{1 * bl:g}"/></filter>',
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
    text = "".join(made[k] for k in sorted(surface.used))
    g = fin.grain * (1.7 if lightness(surface.base) > 0.8 else 4)
    if fin.grain:
        text += (
            f'<filter id="{u}n" {region} {srgb}><feTurbulence type="fractalNoise" '
            f'baseFrequency="{fin.grain_freq}" seed="{surface.rng.randint(1, 99)}"/>'
            f'<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 {-g:.2f} 0 0 0 {g * 0.62:.2f}"/>'
            f'<feComposite in2="SourceAlpha" operator="in"/><feMerge><feMergeNode in="SourceGraphic"/>'
            f"<feMergeNode/></feMerge></filter>"
        )
    return text

"""The demo shop's own pictures: garments drawn as parametric SVG.

41 kinds, 12 palettes, 15 patterns, real heights in centimetres. Everything the rest of the
demo needs is named here; ``sheet.py`` draws contact sheets for the eye.
"""

from .drawing import BLEED, Drawing, draw, ground
from .fabrics import PATTERNS, WASHES
from .kinds import KINDS, Kind
from .palettes import PALETTES, Palette

__all__ = ["BLEED", "KINDS", "PALETTES", "PATTERNS", "WASHES", "Drawing", "Kind", "Palette", "draw", "ground"]

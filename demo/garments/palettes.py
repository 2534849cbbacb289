"""Seasonal palettes and colour arithmetic (OKLab, so shades stay clean)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Six tones that may be worn together, and the metal of the trims."""

    key: str
    en: str
    it: str
    light: str
    soft: str
    mid: str
    main: str
    deep: str
    accent: str
    metal: str  # "gold" or "silver"

    def tones(self) -> tuple[str, ...]:
        """All six tones, light to loud."""
        return self.light, self.soft, self.mid, self.main, self.deep, self.accent


PALETTES: dict[str, Palette] = {
    p.key: p
    for p in (
        Palette(
            "chalk",
            "Chalk and Sand",
            "Gesso e sabbia",
            "#F4EFE6",
            "#DFD0B8",
            "#B99870",
            "#C9B08C",
            "#4B3A2F",
            "#A8573A",
            "gold",
        ),
        Palette(
            "adriatic",
            "Adriatic Navy",
            "Blu Adriatico",
            "#F5F2EB",
            "#BCCBDA",
            "#48648E",
            "#222E4A",
            "#1A2136",
            "#B23A2E",
            "gold",
        ),
        Palette(
            "ink",
            "Ink and Paper",
            "Inchiostro e carta",
            "#F4F1EB",
            "#C3BEB5",
            "#77746F",
            "#242325",
            "#1C1B1D",
            "#C8371F",
            "silver",
        ),
        Palette(
            "olive",
            "Olive Grove",
            "Uliveto",
            "#F1EADB",
            "#B4B899",
            "#868B62",
            "#5D6142",
            "#43392B",
            "#BE8F43",
            "gold",
        ),
        Palette(
            "clay",
            "Tuscan Clay",
            "Terra toscana",
            "#F5EADD",
            "#E4BFA3",
            "#C27F5C",
            "#AE5B3A",
            "#5C2A22",
            "#D29A4A",
            "gold",
        ),
        Palette(
            "rose",
            "Powder Rose",
            "Rosa cipria",
            "#F7F0EA",
            "#E6C8C0",
            "#C9928B",
            "#B27672",
            "#5D2330",
            "#8C7A6E",
            "gold",
        ),
        Palette(
            "lagoon",
            "Lagoon",
            "Laguna",
            "#EFF0E8",
            "#BDD3CC",
            "#6C9C9A",
            "#23595C",
            "#183840",
            "#D98A63",
            "silver",
        ),
        Palette(
            "lemon",
            "Lemon House",
            "Limonaia",
            "#FAF6EA",
            "#F0DFA6",
            "#AEC3D0",
            "#E0BE5A",
            "#50603A",
            "#5F7F9C",
            "gold",
        ),
        Palette(
            "bordeaux",
            "Bordeaux Evening",
            "Sera bordò",
            "#F3E8E2",
            "#D9AEA5",
            "#93505A",
            "#641C2B",
            "#2B1A20",
            "#B08A4E",
            "gold",
        ),
        Palette(
            "denim",
            "Denim Days",
            "Giorni di denim",
            "#F1EBDF",
            "#AFC2D5",
            "#6583A9",
            "#35496C",
            "#232E45",
            "#A06C3F",
            "gold",
        ),
        Palette(
            "forest",
            "Winter Forest",
            "Bosco d'inverno",
            "#EFE7D8",
            "#BFA987",
            "#B08755",
            "#29463A",
            "#2B2D2E",
            "#8E3B2C",
            "gold",
        ),
        Palette(
            "wisteria",
            "Wisteria",
            "Glicine",
            "#F1EDF2",
            "#D3C8DE",
            "#A795BC",
            "#6A5789",
            "#2E2939",
            "#C98C92",
            "silver",
        ),
    )
}

METALS: dict[str, tuple[str, str, str]] = {
    "gold": ("#F0DDAE", "#BE9B57", "#7A5B27"),
    "silver": ("#F3F3F1", "#B3B3B2", "#66666A"),
}


def _lin(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _gam(c: float) -> float:
    c = min(1.0, max(0.0, c))
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def lab(hexa: str) -> tuple[float, float, float]:
    """``#RRGGBB`` to OKLab."""
    r, g, b = (_lin(int(hexa[i : i + 2], 16) / 255) for i in (1, 3, 5))
    lm = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * lm + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * lm - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * lm + 0.7827717662 * m - 0.8086757660 * s,
    )


def unlab(light: float, a: float, b: float) -> str:
    """OKLab to ``#RRGGBB``."""
    lm = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * lm - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * lm + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * lm - 0.7034186147 * m + 1.7076147010 * s,
    )
    return "#" + "".join(f"{round(_gam(c) * 255):02X}" for c in rgb)


def mix(one: str, two: str, k: float) -> str:
    """``one`` moved towards ``two`` by ``k``."""
    p, q = lab(one), lab(two)
    return unlab(*(x + (y - x) * k for x, y in zip(p, q, strict=False)))


def lightness(hexa: str) -> float:
    """Perceived lightness, 0 to 1."""
    return lab(hexa)[0]


def darker(hexa: str, k: float) -> str:
    """A shadow of the colour: darker, a touch cooler, never grey."""
    lum, a, b = lab(hexa)
    keep = 1 - 0.35 * k
    return unlab(lum * (1 - k), a * keep + 0.004 * k, b * keep - 0.010 * k)


def lighter(hexa: str, k: float) -> str:
    """A light on the colour: lighter, a touch warmer."""
    lum, a, b = lab(hexa)
    return unlab(lum + (1 - lum) * k, a * (1 - 0.5 * k), b * (1 - 0.5 * k) + 0.006 * k)


def contrast(one: str, two: str) -> float:
    """Distance between two colours in OKLab."""
    return math.dist(lab(one), lab(two))

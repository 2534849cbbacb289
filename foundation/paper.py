"""Paper: PDFs in the shop's own face, in the letters of every country the shop delivers to.

The faces are cut by the asset build (`foundation/assets/cut_fonts.py`): Latin with all its accents, Greek and
Cyrillic.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

FACE = "Inter"
FONTS = Path(__file__).resolve().parent / "assets" / "fonts"
REGULAR, BOLD = FONTS / "paper-regular.ttf", FONTS / "paper-bold.ttf"
DISPLAY = FONTS / "paper-display.ttf"  # the face of headings, for pictures with words in them
# Where a letter would stand that the face has not got: it shows that one is missing, and pretends nothing.
MISSING = "_"


def sheet(title: str, size: str | tuple[float, float] = "A4") -> FPDF:
    """A PDF, without a page yet, that knows `FACE` upright and bold; `size` is a name or millimetres."""
    paper = FPDF(format=size)
    paper.set_title(title)
    paper.add_font(FACE, "", REGULAR)
    paper.add_font(FACE, "B", BOLD)
    return paper


def printable(words: str) -> str:
    """The words with `MISSING` for each letter that cannot be printed; see `is_printable`."""
    known = _letters()
    return "".join(one if one in known else MISSING for one in _joined(words))


def is_printable(words: str) -> bool:
    """Whether every letter of these words can be printed."""
    return set(_joined(words)) <= _letters()


def _joined(words: str) -> str:
    """Each letter one sign with its accents, and every kind of space a space."""
    return "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", words))


@cache
def _letters() -> frozenset[str]:
    with TTFont(REGULAR, lazy=True) as face:
        return frozenset(map(chr, face.getBestCmap() or ()))

"""A link as a QR code: as a drawing for paper of any size, and as pixels for everything else."""

from __future__ import annotations

import io

import segno

#: The light edge scanners ask for, in modules.
EDGE = 4
PIXELS = 24  # of one module: a code of a short address is a thousand pixels wide


def as_svg(address: str) -> bytes:
    """The code as a whole SVG file."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="svg", border=EDGE, scale=10, light="#fff")
    return drawn.getvalue()


def as_png(address: str, scale: int = PIXELS, border: int = EDGE) -> bytes:
    """The code as a PNG, dark on white."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="png", border=border, scale=scale)
    return drawn.getvalue()


def _code(address: str) -> segno.QRCode:
    """A quarter of the code may be covered or worn off before it is unreadable: paper lies about."""
    return segno.make_qr(address, error="q")

"""Grounds and captions as pixels: the SVG of the page, rendered by resvg with the shop's own faces."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import resvg_py
from markupsafe import escape
from PIL import Image

from editors.looks.canvas.grounds import GROUNDS, Ground, fill_of, pattern_of
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH
from editors.looks.canvas.scene import Face
from editors.looks.painting.drawing import lettering_of
from foundation.paper import DISPLAY, REGULAR

#: The names within the font files.
FAMILIES = {Face.DISPLAY: "Fraunces", Face.BODY: "Inter"}


def ground_picture(ground: Ground, width: int) -> Image.Image | None:
    """The ground of a look, `width` pixels wide; None where the page's own shows."""
    if not GROUNDS[ground].colour:
        return None
    sheet = f'<rect width="{CANVAS_WIDTH}" height="{CANVAS_HEIGHT}" fill="{fill_of(ground)}"/>'
    return _rendered(f"<defs>{pattern_of(ground)}</defs>{sheet}", width)


def caption_picture(caption: Mapping[str, Any], width: int) -> Image.Image:
    """One caption where it lies, on a transparent sheet `width` pixels wide."""
    words = lettering_of(caption)
    return _rendered(
        f'<text y="{words["drop"]}" font-size="{words["size"]}" fill="{words["fill"]}" text-anchor="middle"'
        f' font-family="{FAMILIES[Face(words["face"])]}" transform="{words["transform"]}">'
        f"{escape(words['text'])}</text>",
        width,
    )


def _rendered(inside: str, width: int) -> Image.Image:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CANVAS_WIDTH} {CANVAS_HEIGHT}">{inside}</svg>'
    )
    data = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, skip_system_fonts=True, font_files=[str(REGULAR), str(DISPLAY)]
    )
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")

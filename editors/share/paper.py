"""The card of a link on paper: a postcard with the look, a code for the camera and who earns."""

from __future__ import annotations

import io

from fpdf import FPDF
from PIL import Image, ImageOps

from editors.share.cards import PLATE, Card, broken, fitting
from editors.share.codes import as_png
from foundation.paper import BOLD, DISPLAY, FACE, REGULAR, sheet

A6 = (105.0, 148.0)  # millimetres
HEADLINE = "Fraunces"
INK, QUIET, LOUD, LINE = (27, 26, 23), (100, 93, 83), (184, 48, 26), (200, 194, 184)
PIXELS_PER_MM = 12  # 300 to the inch
PICTURE = (8.0, 8.0, 89.0, 88.0)
CODE = (69.0, 110.0, 28.0)
#: Tenths of a point: lines are broken by the same measure as on the cards.
COLUMN = round(58 * 720 / 25.4)
NAMES = {DISPLAY: (HEADLINE, ""), REGULAR: (FACE, ""), BOLD: (FACE, "B")}


def as_pdf(card: Card, address: str, picture: bytes | None, *, four: bool = False) -> bytes:
    """The postcard, 105 x 148 mm; `four` of them fill an A4 sheet with lines to cut along.

    `address` is what the code leads to. Raises OSError when `picture` is no picture.
    """
    paper = sheet(card.title, "A4" if four else A6)
    paper.add_font(HEADLINE, "", DISPLAY)
    paper.set_auto_page_break(False)
    paper.add_page()
    shown = _flat(picture) if picture is not None else None
    code = as_png(address, scale=12, border=0)
    for left, top in [(x, y) for y in (0.0, A6[1]) for x in (0.0, A6[0])] if four else [(0.0, 0.0)]:
        _postcard(paper, card, shown, code, left, top)
    if four:
        paper.set_draw_color(*LINE)
        paper.set_dash_pattern(2, 2)
        paper.line(A6[0], 0, A6[0], 297)
        paper.line(0, A6[1], 210, A6[1])
    return bytes(paper.output())


def _postcard(
    paper: FPDF, card: Card, picture: Image.Image | None, code: bytes, left: float, top: float
) -> None:
    x, y, width, height = PICTURE
    if picture is None:
        paper.set_fill_color(PLATE)
        paper.rect(left + x, top + y, width, height, style="F")
    else:
        paper.image(picture, left + x, top + y, width, height)
    code_x, code_y, side = CODE
    paper.image(io.BytesIO(code), left + code_x, top + code_y, side, side)
    down = top + 100.0
    for words, face, size, colour, most in (
        (card.title, DISPLAY, 170, INK, 2),
        (card.by, REGULAR, 85, QUIET, 1),
        (card.address, BOLD, 85, LOUD, 1),
        *([(card.offer, REGULAR, 80, INK, 2)] if card.offer else []),
        (card.disclosure, REGULAR, 65, INK, 5),
    ):
        fits = fitting(words, face, size, COLUMN) if words is card.address else size
        name, style = NAMES[face]
        paper.set_font(name, style, fits / 10)
        paper.set_text_color(*colour)
        for line in broken(words, face, fits, COLUMN, most):
            paper.text(left + PICTURE[0], down + size * 0.035, line)
            down += size * 0.043
        down += 1.8


def _flat(picture: bytes) -> Image.Image:
    """The picture on its plate, as large as the paper can show."""
    _, _, width, height = PICTURE
    room = (round(width * PIXELS_PER_MM), round(height * PIXELS_PER_MM))
    plate = Image.new("RGB", room, PLATE)
    with Image.open(io.BytesIO(picture)) as opened:
        laid = ImageOps.contain(opened.convert("RGBA"), room)
    plate.paste(laid, ((room[0] - laid.width) // 2, (room[1] - laid.height) // 2), laid)
    return plate

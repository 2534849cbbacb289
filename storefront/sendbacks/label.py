"""What goes onto the parcel, and the code that finds the return again at the counter."""

from __future__ import annotations

import io

import segno
from flask_babel import gettext as _
from fpdf.enums import XPos, YPos
from markupsafe import Markup

from foundation.paper import FACE, printable, sheet
from storefront.places.models import Place
from storefront.sendbacks.models import Sendback


def code_of(address: str) -> Markup:
    """A QR code as a drawing for a page."""
    drawing = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(drawing, kind="svg", xmldecl=False, svgns=True, border=2, scale=4, omitsize=True, light="#fff")
    # Drawn by us from an address of ours: nothing in it was typed by anybody.
    return Markup(drawing.getvalue().decode())


def as_pdf(back: Sendback, to: Place, shop: str, address: str) -> bytes:
    """The label, a quarter of an A4 page to cut out, with the code beside the address."""
    paper = sheet(_("Return %(number)s", number=back.number))
    paper.set_margins(18, 18)
    paper.add_page()
    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="png", scale=6, border=0)
    paper.rect(12, 12, 130, 72)
    paper.image(code, x=100, y=20, w=34)
    for words, size in (
        (_("Return %(number)s", number=back.number), 20),
        (shop, 13),
        (to.street, 13),
        (f"{to.postcode} {to.city} {to.province}".strip(), 13),
        (to.country, 13),
    ):
        if words:
            paper.set_font(FACE, "B" if size > 13 else "", size)
            paper.cell(80, size * 0.55, printable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            paper.ln(2)
    paper.set_y(95)
    paper.set_font(FACE, "", 11)
    note = _("Cut out the label, stick it onto the parcel, and keep the receipt of the carrier.")
    paper.multi_cell(0, 6, printable(note))
    return bytes(paper.output())

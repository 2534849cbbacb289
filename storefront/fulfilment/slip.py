"""The packing slip: what goes into the parcel, to whom, and where the order is found again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Protocol

import segno
from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from foundation.paper import FACE, is_printable, printable, sheet
from foundation.web.formats import day
from storefront.catalog.naming import Named, piece_name
from storefront.orders.models import Delivery, Order
from storefront.orders.showing import country_of, store_of, way_of


class Packed(Named, Protocol):
    """A piece as it is named and found on the shelf: a line of an order, or what is exchanged for one."""

    @property
    def sku(self) -> str: ...


Pieces = Sequence[tuple[int, Packed]]

INK, QUIET = (27, 26, 23), (110, 104, 96)


def as_pdf(orders: Sequence[Order], pieces: Mapping[int, Pieces], shop: str, base_url: str) -> bytes:
    """One A4 page for each order with its `pieces`, by order. No price stands on it: it may be a present."""
    paper = sheet(_("Packing slips"))
    paper.set_margins(18, 18)
    paper.set_auto_page_break(True, margin=18)
    for order in orders:
        _page(paper, order, pieces[order.id], shop, base_url)
    return bytes(paper.output())


def _page(paper: FPDF, order: Order, pieces: Pieces, shop: str, base_url: str) -> None:
    paper.add_page()
    code = io.BytesIO()
    segno.make(f"{base_url}/staff/orders/{order.number}", error="m").save(code, kind="png", scale=6, border=0)
    paper.image(code, x=160, y=18, w=32)
    _line(paper, shop, 11, QUIET)
    _line(paper, order.number, 24, INK, after=2)
    _line(paper, day(order.placed_at), 10, QUIET, after=6)
    to = _("Collected in the store") if order.delivery == Delivery.PICKUP else _("To the door")
    _line(paper, to, 10, QUIET)
    for words in way_of(order, store_of(order))[1]:
        _line(paper, words, 10, QUIET)
    address = (
        order.name,
        order.street,
        f"{order.postcode} {order.city} {order.province}".strip(),
        country_of(order) if order.street else "",
    )
    for words in address:
        if words:
            _line(paper, words, 13, INK)
    if not all(map(is_printable, (*address, order.note, order.gift_message))):
        _line(
            paper, _("Some letters cannot be printed here: the code leads to the whole address."), 10, QUIET
        )
    paper.ln(8)
    for quantity, line in pieces:
        paper.set_font(FACE, "B", 12)
        paper.cell(14, 9, f"{quantity} x", border="B")
        paper.set_font(FACE, "", 12)
        paper.cell(120, 9, printable(piece_name(line))[:64], border="B")
        paper.set_font(FACE, "", 9)
        paper.cell(0, 9, printable(line.sku), border="B", align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(8)
    count = sum(quantity for quantity, _line_of in pieces)
    _line(paper, _("%(count)s pieces in all", count=count), 10, QUIET)
    for title, words in (
        (_("A word from the shopper"), order.note),
        (_("With the present"), order.gift_message),
    ):
        if words:
            paper.ln(6)
            _line(paper, title, 10, QUIET)
            paper.set_font(FACE, "", 12)
            paper.multi_cell(0, 7, "\n".join(map(printable, words.splitlines())))


def _line(paper: FPDF, words: str, size: int, colour: tuple[int, int, int], after: int = 0) -> None:
    paper.set_font(FACE, "", size)
    paper.set_text_color(*colour)
    paper.cell(0, size * 0.55, printable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(after)
    paper.set_text_color(*INK)

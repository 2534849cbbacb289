"""The receipt as a PDF: what was bought, what was paid, the tax in it, and what went back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Table

from foundation.money import Money
from foundation.paper import FACE, printable, sheet
from foundation.web.formats import day, money, percent
from storefront.catalog.naming import piece_name
from storefront.orders.models import Order
from storefront.orders.showing import country_of, sums_of, taken_by
from storefront.orders.taxes import parts_of

INK, QUIET = (27, 26, 23), (110, 104, 96)
MARGIN = 18


def as_pdf(order: Order, shop: str, end: Sequence[tuple[str, str]]) -> bytes:
    """One order on A4, lines and refunds loaded, in the reader's language; `shop` is who sold it, `end` what
    came after it was paid (`showing.end_of`)."""
    title = _("Receipt of order %(number)s", number=order.number)
    paper = sheet(title)
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(True, margin=MARGIN)
    paper.add_page()
    _line(paper, shop, 11, QUIET)
    _line(paper, title, 22, INK, after=2)
    _line(paper, _paid_on(order), 10, QUIET, 6)
    for words in _whom(order):
        _line(paper, words, 11, INK)
    paper.ln(8)
    paper.set_font(FACE, "", 11)
    paper.set_draw_color(*QUIET)
    columns: dict[str, Any] = {"col_widths": (140, 34), "text_align": ("LEFT", "RIGHT"), "line_height": 7}
    with paper.table(**columns, borders_layout="HORIZONTAL_LINES", first_row_as_headings=False) as table:
        _figures(table, order, end)
    paper.ln(6)
    for part in parts_of(order, order.lines):
        words = _(
            "VAT %(rate)s: %(net)s net, %(tax)s tax, %(gross)s together",
            rate=percent(part.bps),
            net=_sum(order, part.net_minor),
            tax=_sum(order, part.tax_minor),
            gross=_sum(order, part.net_minor + part.tax_minor),
        )
        _line(paper, words, 9, QUIET)
    paper.ln(6)
    _line(paper, _("For your records. It is not a tax invoice."), 9, QUIET)
    return bytes(paper.output())


def _figures(table: Table, order: Order, end: Sequence[tuple[str, str]]) -> None:
    for line in order.lines:
        name = piece_name(line)
        many = f"{line.quantity} × {name}" if line.quantity > 1 else name
        _row(table, many, _sum(order, line.gross_minor))
    for name, value in sums_of(order):
        _row(table, name, value, quiet=True)
    word = _("Nothing to pay") if order.costs_nothing else _("Paid, VAT included")
    _row(table, word, money(order.total), loud=True)
    for name, value in end:
        _row(table, name, value, quiet=name != end[-1][0], loud=name == end[-1][0])


def _paid_on(order: Order) -> str:
    if order.costs_nothing:
        return _("Ordered on %(day)s, with nothing to pay", day=day(order.placed_at))
    return _("Paid on %(day)s, %(how)s", day=day(order.paid_at), how=taken_by(order))


def _whom(order: Order) -> list[str]:
    """Who paid, as on an envelope; nothing of it is known of some customers of a till."""
    town = " ".join(word for word in (order.postcode, order.city) if word)
    town += f" ({order.province})" if town and order.province else ""
    known = (order.name, order.street, town, country_of(order) if order.street else "", order.email)
    return [words for words in known if words]


def _sum(order: Order, minor: int) -> str:
    return money(Money(minor, order.currency))


def _row(table: Table, name: str, value: str, *, quiet: bool = False, loud: bool = False) -> None:
    """A name and its figure; a long name takes as many lines as it needs."""
    face = FontFace(emphasis="B" if loud else "", color=QUIET if quiet else INK)
    row = table.row()
    row.cell(printable(name), style=face)
    row.cell(printable(value), style=face)


def _line(paper: FPDF, words: str, size: int, colour: tuple[int, int, int], after: int = 0) -> None:
    paper.set_font(FACE, "", size)
    paper.set_text_color(*colour)
    paper.multi_cell(0, size * 0.55, printable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    paper.ln(after)
    paper.set_text_color(*INK)

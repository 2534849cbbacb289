"""The receipt of a sale at a till: what it says, and the same as a PDF as wide as the roll of a printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from foundation.money import Money
from foundation.paper import FACE, printable, sheet
from foundation.settings import current
from foundation.web.formats import moment, money
from storefront.orders.models import Order
from storefront.places.models import Place
from storefront.places.queries import place_by_id
from storefront.till.models import TillBasket
from storefront.till.showing import paid_words, sold_lines, taxes_of

# Millimetres: the roll, its margin, and what two columns of a line leave to each.
WIDE, MARGIN, SUM = 80.0, 6.0, 22.0
LONGEST = 5000.0
INK, QUIET = (27, 26, 23), (110, 104, 96)


@dataclass(frozen=True)
class Receipt:
    """A sale as its receipt tells it. `given` and `change` are cash: without them it was paid otherwise."""

    order: Order
    basket: TillBasket
    place: Place
    paid: str
    lines: Sequence[dict[str, Any]]
    taxes: Sequence[dict[str, str]]
    given: Money | None
    change: Money | None

    @property
    def slip(self) -> str:
        """What the terminal printed, with its name."""
        return " ".join(filter(None, (self.basket.terminal, self.basket.receipt_number)))


def receipt_of(order: Order, basket: TillBasket) -> Receipt:
    """The receipt of a sale; its lines are loaded."""
    given = change = None
    if basket.given_minor is not None and basket.total_minor is not None:
        given = Money(basket.given_minor, order.currency)
        change = Money(basket.given_minor - basket.total_minor, order.currency)
    return Receipt(
        order=order,
        basket=basket,
        place=place_by_id(basket.place_id),
        paid=paid_words(order.paid_with, order.total_minor),
        lines=sold_lines(order),
        taxes=taxes_of(order.lines, order.currency),
        given=given,
        change=change,
    )


def as_pdf(receipt: Receipt) -> bytes:
    """One page, as long as the receipt."""
    measured = _written(receipt, LONGEST)
    return bytes(_written(receipt, measured.get_y() + 2 * MARGIN).output())


def _written(receipt: Receipt, height: float) -> FPDF:
    order, place = receipt.order, receipt.place
    title = _("Receipt %(number)s", number=order.number)
    paper = sheet(title, (WIDE, height))
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(False)
    paper.c_margin = 0
    paper.add_page()
    _say(paper, current().shop_name, 9, QUIET)
    _say(paper, title, 15, INK, bold=True, after=1)
    _say(paper, place.name, 9, INK)
    _say(paper, f"{place.street}, {place.postcode} {place.city}", 9, INK)
    _say(paper, moment(order.paid_at, "long", zone=place.time_zone), 9, QUIET)
    _say(paper, receipt.basket.staff_label, 9, QUIET, after=2)
    for line in receipt.lines:
        _rule(paper)
        _pair(paper, line["piece"], money(line["amount"]))
        if line["sku"]:
            _say(paper, line["sku"], 8, QUIET)
        if line["quantity"] > 1:
            _say(paper, f"{line['quantity']} x {money(line['unit'])}", 8, QUIET)
        if line["before"]:
            _say(paper, f"{_('Full price:')} {money(line['before'])}", 8, QUIET)
    _rule(paper)
    _pair(paper, _("Sum"), money(order.total), size=13, bold=True)
    _pair(paper, receipt.paid, money(receipt.given or order.total))
    if receipt.slip:
        _say(paper, receipt.slip, 8, QUIET)
    if receipt.change:
        _pair(paper, _("Change due"), money(receipt.change))
    paper.ln(2)
    _row(paper, (_("VAT"), _("Net"), _("Tax"), _("Gross")), QUIET)
    _rule(paper)
    for tax in receipt.taxes:
        _row(paper, (tax["rate"], tax["net"], tax["tax"], tax["gross"]), INK)
    paper.ln(3)
    _say(
        paper,
        _(
            "You can bring back any piece within %(days)s days, and keep the rest.",
            days=current().return_days,
        ),
        8,
        QUIET,
    )
    return paper


def _say(
    paper: FPDF, words: str, size: int, colour: tuple[int, int, int], *, bold: bool = False, after: float = 0
) -> None:
    paper.set_font(FACE, "B" if bold else "", size)
    paper.set_text_color(*colour)
    paper.multi_cell(0, size * 0.5, printable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(after)


def _pair(paper: FPDF, words: str, amount: str, *, size: int = 10, bold: bool = False) -> None:
    """Words that may need several lines, and their sum at the right of the first."""
    paper.set_font(FACE, "B" if bold else "", size)
    paper.set_text_color(*INK)
    top = paper.get_y()
    paper.set_x(WIDE - MARGIN - SUM)
    paper.cell(SUM, size * 0.5, printable(amount), align="R")
    paper.set_xy(MARGIN, top)
    wide = WIDE - 2 * MARGIN - SUM
    paper.multi_cell(wide, size * 0.5, printable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _row(paper: FPDF, cells: Sequence[str], colour: tuple[int, int, int]) -> None:
    paper.set_font(FACE, "", 8)
    paper.set_text_color(*colour)
    wide = (WIDE - 2 * MARGIN) / len(cells)
    for number, words in enumerate(cells):
        paper.cell(wide, 5, printable(words), align="R" if number else "L")
    paper.ln(5)


def _rule(paper: FPDF) -> None:
    paper.set_draw_color(*QUIET)
    paper.set_line_width(0.1)
    paper.line(MARGIN, paper.get_y() + 1, WIDE - MARGIN, paper.get_y() + 1)
    paper.ln(2)

"""The statement on paper: one page of A4 for most months, the same figures as on the screen."""

from __future__ import annotations

from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from commissions.statements.showing import Statement
from commissions.statements.years import Year
from editors.membership.models import Editor
from foundation.money import Money
from foundation.paper import FACE, printable, sheet
from foundation.web.formats import amount, day

WIDTHS = (28, 26, 76, 25, 25)
YEAR_WIDTHS = (40, 35, 35, 35, 35)
INK, QUIET = (27, 26, 23), (110, 104, 96)


def as_pdf(found: Statement, editor: Editor, shop: str) -> bytes:
    """The bytes of the PDF."""
    paper = sheet(_("Statement, %(month)s", month=day(found.first, "month")))
    paper.set_margins(15, 18)
    paper.set_auto_page_break(True, margin=18)
    paper.add_page()
    _line(paper, shop, 11, QUIET)
    _line(paper, _("Statement, %(month)s", month=day(found.first, "month")), 22, INK, after=2)
    _line(paper, f"{editor.name}, @{editor.handle}", 11, INK)
    _line(
        paper,
        _("Sums in %(currency)s. Commission is without VAT.", currency=found.start.currency),
        9,
        QUIET,
        after=6,
    )
    for label, value in (
        (_("At the start"), found.start),
        (_("Became payable"), found.earned),
        (_("Taken back"), found.taken),
        (_("Paid out"), found.paid),
        *([(_("Store credit and gifts"), found.turned)] if found.turned else []),
        (_("At the end"), found.end),
    ):
        paper.set_font(FACE, "", 10)
        paper.cell(60, 6, printable(label))
        paper.cell(30, 6, printable(amount(value)), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(6)
    _row(paper, (_("Receipt"), _("Date"), _("What"), _("Amount"), _("Balance")), bold=True)
    _row(paper, (_("At the start"), day(found.first, "short"), "", "", amount(found.start)))
    for line in found.lines:
        _row(
            paper,
            (
                line.order_number or (_("Your decision") if line.turned else _("Payout")),
                day(line.at, "short"),
                line.what,
                amount(line.amount),
                amount(line.balance),
            ),
        )
    _row(paper, (_("At the end"), "", "", "", amount(found.end)), bold=True)
    return bytes(paper.output())


def year_as_pdf(found: Year, editor: Editor, shop: str) -> bytes:
    """The bytes of a year's PDF: each month with what became payable, was taken back and paid out."""
    title = _("Totals of %(year)s", year=found.year)
    paper = sheet(title)
    paper.set_margins(15, 18)
    paper.set_auto_page_break(True, margin=18)
    paper.add_page()
    currency = found.paid.currency
    _line(paper, shop, 11, QUIET)
    _line(paper, title, 22, INK, after=2)
    _line(paper, f"{editor.name}, @{editor.handle}", 11, INK)
    without_tax = _("Sums in %(currency)s. Commission is without VAT.", currency=currency)
    _line(paper, without_tax, 9, QUIET, after=6)
    head = (_("Month"), _("Became payable"), _("Taken back"), _("Paid out"), _("Credit and gifts"))
    _row(paper, head, bold=True, widths=YEAR_WIDTHS, left=1)
    for one in found.months:
        minors = (one.earned_minor, one.taken_minor, one.paid_minor, one.turned_minor)
        cells = (day(one.first, "month"), *(amount(Money(minor, currency)) for minor in minors))
        _row(paper, cells, widths=YEAR_WIDTHS, left=1)
    sums = (found.earned, found.taken, found.paid, found.turned)
    _row(paper, (_("Whole year"), *map(amount, sums)), bold=True, widths=YEAR_WIDTHS, left=1)
    if found.bonus:
        words = _("The shop added %(bonus)s to store credit.", bonus=amount(found.bonus))
        paper.ln(4)
        _line(paper, words, 9, INK)
    return bytes(paper.output())


def _line(paper: FPDF, words: str, size: int, colour: tuple[int, int, int], after: int = 0) -> None:
    paper.set_font(FACE, "", size)
    paper.set_text_color(*colour)
    paper.cell(0, size * 0.55, printable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(after)
    paper.set_text_color(*INK)


def _row(
    paper: FPDF,
    cells: tuple[str, ...],
    *,
    bold: bool = False,
    widths: tuple[int, ...] = WIDTHS,
    left: int = 3,
) -> None:
    """A row of a table; the cells after the first `left` are numbers."""
    paper.set_font(FACE, "B" if bold else "", 9)
    paper.set_draw_color(*QUIET)
    for index, (width, words) in enumerate(zip(widths, cells, strict=True)):
        text = _fitting(paper, printable(words), width - 2)
        paper.cell(width, 7, text, border="B", align="R" if index >= left else "L")
    paper.ln(7)


def _fitting(paper: FPDF, words: str, width: float) -> str:
    """As many of the words as the column holds."""
    while words and paper.get_string_width(words) > width:
        words = words[:-4].rstrip() + "..." if len(words) > 4 else ""
    return words

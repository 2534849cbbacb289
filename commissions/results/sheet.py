"""Results for a spreadsheet: plain numbers with a point, days as machines write them, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from commissions.results.asking import Question
from commissions.results.listing import Line
from commissions.results.policy import NONE, Cut, Results
from foundation.money import Money, decimal_text
from foundation.spreadsheets import defused

FIGURES = ("seen", "clicks", "carts", "orders", "pieces", "kept", "earned", "earned_per_click")


def as_csv(question: Question, lines: Sequence[Line], currency: str) -> str:
    """Every line with its figures, the compared ones in columns of their own; then the days of both. Days are
    compared with none: each stands for itself."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    other = question.other if question.cut is not Cut.DAY else None
    before = [f"{name}_before" for name in FIGURES] if other else []
    writer.writerow([question.cut.value, "address", *FIGURES, *before, "currency"])
    for line in lines:
        figures = _figures(line.now, currency)
        then = _figures(line.before or NONE, currency) if other else []
        writer.writerow([line.written or defused(line.name), defused(line.note), *figures, *then, currency])
    writer.writerow([])
    writer.writerow(["since", question.span.first.isoformat(), "until", question.span.last.isoformat()])
    if other:
        writer.writerow(["before_since", other.first.isoformat(), "before_until", other.last.isoformat()])
    return out.getvalue()


def _figures(one: Results, currency: str) -> list[str | int]:
    per_click = one.per_click(currency)
    return [
        *(one.seen, one.clicks, one.carts, one.orders, one.pieces, one.kept),
        decimal_text(Money(one.earned_minor, currency)),
        decimal_text(per_click) if per_click else "",
    ]

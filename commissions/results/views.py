"""The editor's results in the studio, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for

from commissions.results import listing, showing, wording
from commissions.results.asking import Question, read
from commissions.results.policy import NONE, Against, Cut, Period, Results
from commissions.results.queries import Days, days_of, not_mine, results_by
from commissions.results.sheet import as_csv
from editors.membership.guards import current_editor, style_editor
from foundation import clock
from foundation.money import Money
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number

PAGE = 50

bp = Blueprint("results", __name__, url_prefix="/studio/results")


@bp.get("")
@style_editor
def index() -> str | tuple[str, int]:
    """What came of it all: the sums, a chart, the way from seen to kept, and line by line."""
    found = _asked()
    page = page_number()
    rows = found.rows[(page - 1) * PAGE : page * PAGE]
    not_beyond(page, rows)
    question, currency = found.question, current().currency
    now = found.days[0].whole
    before = found.days[1].whole if question.other else None
    nothing_before = before == NONE
    answer = render_template(
        "commissions/results/index.html",
        question=question,
        currency=currency,
        figures=showing.figures(now, None if nothing_before else before, currency),
        nothing_before=nothing_before,
        anything=now != NONE or (before or NONE) != NONE,
        drawing=showing.drawing(question, found.days, currency),
        steps=showing.steps(now),
        left_out=showing.left_out(
            found.days[0].left_out, not_mine(current_editor().id, current().timezone, question.span)
        ),
        lines=_named(found, rows),
        whole=now,
        before=before,
        words=_words(),
        orders=wording.order_words(question.cut),
        wrongs=wording.wrongs_named(question),
        span_words=wording.span_words,
        as_money=lambda minor: Money(minor, currency),
        address=lambda **changed: _address(question, changed),
        page=page,
        more=len(found.rows) > page * PAGE,
        today=clock.today(current().timezone),
    )
    return (answer, REFUSED) if question.wrongs else answer


@bp.get("/results.csv")
@style_editor
def sheet() -> Response:
    """Every line for a spreadsheet."""
    found = _asked()
    text = as_csv(found.question, _named(found, found.rows), current().currency)
    response = Response(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    span = found.question.span
    name = f"results-{found.question.cut}-{span.first.isoformat()}-{span.last.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@dataclass(frozen=True, slots=True)
class _Found:
    question: Question
    days: list[Days]
    rows: list[tuple[int, Results, Results | None]]


def _asked() -> _Found:
    """Two statements, however many days, looks and links there are."""
    settings = current()
    question = read(request.args, clock.today(settings.timezone))
    who = (current_editor().id, settings.currency, settings.timezone, question.spans)
    days = days_of(*who)
    if question.cut is Cut.DAY:
        return _Found(question, days, listing.days_as_lines(days))
    by = results_by(question.cut, *who)
    return _Found(
        question, days, listing.lines(question, by[0], by[1] if question.other else None, settings.currency)
    )


def _named(found: _Found, rows: list[tuple[int, Results, Results | None]]) -> list[listing.Line]:
    return listing.named(found.question.cut, rows)


def _address(question: Question, changed: dict[str, object]) -> str:
    values: dict[str, Any] = {**question.address(**changed)}
    return url_for("results.index", **values)


def _words() -> dict[str, object]:
    return {
        "period": wording.period_words(),
        "against": wording.against_words(),
        "draw": wording.measure_words(),
        "cut": wording.cut_words(),
        "chosen": Period.CHOSEN,
        "chosen_other": Against.CHOSEN,
    }


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

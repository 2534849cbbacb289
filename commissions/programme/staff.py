"""Staff: what the programme costs and what it brings, over some days, beside others."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for

from commissions.programme import showing
from commissions.programme.policy import NOTHING, Brought, By, Drawn
from commissions.programme.queries import brought_by, brought_daily, brought_whole
from commissions.results import wording
from commissions.results.asking import Question, read
from commissions.results.policy import Against, Period
from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money, decimal_text
from foundation.settings import current
from foundation.spreadsheets import defused
from foundation.web.fields import REFUSED

SHOWN = 100  # lines on the page; the file has all of them

bp = Blueprint("cost_and_return", __name__, url_prefix="/staff/programme")


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    by: By
    drawn: Drawn

    def address(self, **changed: Any) -> dict[str, str]:
        """As parameters of an address, with what is changed of it."""
        days = {key: value for key, value in changed.items() if key not in ("by", "draw")}
        found = self.question.address(by="", draw="", sort="", **days)
        by, draw = changed.get("by", self.by), changed.get("draw", self.drawn)
        usual = {"by": By.EDITOR, "draw": Drawn.NET}
        return found | {
            name: str(value) for name, value in (("by", by), ("draw", draw)) if value and usual[name] != value
        }


def _asked() -> _Asked:
    by, draw = request.args.get("by", ""), request.args.get("draw", "")
    return _Asked(
        read(request.args, clock.today(current().timezone)),
        By(by) if by in set(By) else By.EDITOR,
        Drawn(draw) if draw in set(Drawn) else Drawn.NET,
    )


@bp.get("")
@permitted(Permission.PROGRAMME_VIEW)
def index() -> str | tuple[str, int]:
    """The sums, a chart, and line by line by editor, look, campaign or group."""
    asked, (currency, zone) = _asked(), (current().currency, current().timezone)
    question = asked.question
    whole = [brought_whole(currency, zone, span) for span in question.spans]
    before = whole[1] if question.other and whole[1] != NOTHING else None
    chart, title, rows = showing.drawing(
        asked.drawn,
        question.spans,
        [brought_daily(currency, zone, span) for span in question.spans],
        currency,
    )
    found = _lines(asked)
    page = render_template(
        "commissions/programme/index.html",
        asked=asked,
        question=question,
        figures=showing.figures(whole[0], before, currency),
        anything=any(one != NOTHING for one in whole),
        chart_drawn=chart,
        chart_title=title,
        chart_rows=rows,
        lines=found[:SHOWN],
        more=len(found) - SHOWN,
        whole=whole[0],
        before=before,
        by_words=showing.by_words(),
        drawn_words=showing.drawn_words(),
        periods=wording.period_words(),
        beside=wording.against_words(),
        chosen=Period.CHOSEN,
        chosen_other=Against.CHOSEN,
        wrongs=wording.wrongs_named(question),
        span_words=wording.span_words,
        currency=currency,
        as_money=lambda minor: Money(minor, currency),
        address=lambda **changed: _address(asked, changed),
    )
    return (page, REFUSED) if question.wrongs else page


@bp.get("/programme.csv")
@permitted(Permission.PROGRAMME_VIEW)
def sheet() -> Response:
    """Every line for a spreadsheet."""
    asked, currency = _asked(), current().currency
    question = asked.question
    names = ("net_sales", "cost", "orders", "new_customers")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    then = [f"{name}_before" for name in names] if question.other else []
    writer.writerow([asked.by.value, *names, *then, "currency"])
    for line in _lines(asked):
        was = _cells(line.before or NOTHING, currency) if question.other else []
        writer.writerow([defused(line.name), *_cells(line.now, currency), *was, currency])
    span = question.span
    response = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"programme-{asked.by}-{span.first.isoformat()}-{span.last.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _address(asked: _Asked, changed: dict[str, Any]) -> str:
    values: dict[str, Any] = {**asked.address(**changed)}
    return url_for("cost_and_return.index", **values)


def _lines(asked: _Asked) -> list[showing.Line]:
    currency, zone = current().currency, current().timezone
    found = [brought_by(asked.by, currency, zone, span) for span in asked.question.spans]
    return showing.lines(asked.by, found[0], found[1] if len(found) > 1 and found[1] else None)


def _cells(one: Brought, currency: str) -> list[str | int]:
    sums = (decimal_text(Money(minor, currency)) for minor in (one.net_minor, one.cost_minor))
    return [*sums, one.orders, one.new]


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

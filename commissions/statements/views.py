"""What the editor has earned, and the statement of each month, on the page, as CSV and as PDF."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Flask, Response, g, render_template, request

from commissions.accruals.policy import CommissionStatus
from commissions.accruals.queries import counts_of, lines_of, weeks_of
from commissions.accruals.views import order_rows
from commissions.accruals.words import TONES, state_words
from commissions.bonuses.queries import with_awards
from commissions.bonuses.showing import earned_by
from commissions.claims import words
from commissions.claims.queries import receipts_of
from commissions.ledger.queries import editor_balance
from commissions.payees.queries import payee_of
from commissions.payouts.forecast import Forecast
from commissions.payouts.models import PAID
from commissions.payouts.queries import payout_by_id, payouts_of
from commissions.payouts.schedule import Rhythm, next_run_day
from commissions.statements.errors import NoSuchStatement
from commissions.statements.paper import as_pdf, year_as_pdf
from commissions.statements.queries import months_of
from commissions.statements.showing import Statement, as_csv, statement
from commissions.statements.years import Year, year_as_csv, year_of
from editors.membership.guards import current_editor, earner, editor_here
from editors.membership.models import Editor
from foundation import clock
from foundation.money import Money
from foundation.settings import current
from foundation.web.amounts import end_of
from foundation.web.charts import BarChart, Point, bar_chart
from foundation.web.formats import day, money
from foundation.web.numbers import not_beyond, page_number

PAGE = 50
WEEKS = 11
EARLIEST = 2000

bp = Blueprint("statements", __name__, url_prefix="/studio")


@bp.get("/earnings")
@earner
def earnings() -> str:
    """Pending, payable and paid, each with its sentence, and every line with its reason."""
    editor = current_editor()
    wanted = request.args.get("state", "")
    status = CommissionStatus(wanted) if wanted in set(CommissionStatus) else None
    page = page_number()
    found = lines_of(editor.id, status, limit=PAGE + 1, offset=(page - 1) * PAGE)
    not_beyond(page, found)
    lines = [
        {
            "commission": one,
            "why": words.why_mine_short(receipt, one.split[one.part] if len(one.split) > 1 else None),
            "state": state_words(one.status, due_at=one.due_at, paid_at=one.paid_at),
            "tone": TONES[CommissionStatus(one.status)],
        }
        for one, receipt in found[:PAGE]
    ]
    shown, every = money_of(editor), earned_by(editor.id)
    return render_template(
        "commissions/earnings/earnings.html",
        **shown,
        lines=lines,
        bonuses=[one for one in every if page == 1 and status in (None, one.award.status)],
        stages=Counter(shown["counts"].by_status) + Counter(str(one.award.status) for one in every),
        status=status,
        page=page,
        more=len(found) > PAGE,
    )


@bp.get("/statements")
@earner
def index() -> str:
    """Every month in which something moved, and every payout."""
    editor, currency = current_editor(), current().currency
    months = months_of(editor.id, currency, current().timezone)
    return render_template(
        "commissions/statements/index.html",
        months=months,
        years=sorted({one.first.year for one in months}, reverse=True),
        payouts=payouts_of(editor.id),
        balance=editor_balance(editor.id, currency),
        currency=currency,
    )


@bp.get("/statements/<name>")
@earner
def month(name: str) -> str:
    """One month, movement by movement."""
    editor, found = current_editor(), _statement(name)
    payout = payout_by_id(found.payout_id) if found.payout_id else None
    return render_template(
        "commissions/statements/statement.html",
        editor=editor,
        statement=found,
        payout=payout,
        balance=editor_balance(editor.id, current().currency),
        counts=counts_of(editor.id, current().currency, clock.now()),
        before=(found.first - timedelta(days=1)).replace(day=1),
        months={one.first for one in months_of(editor.id, current().currency, current().timezone)},
    )


@bp.get("/statements/<name>.csv")
@earner
def sheet(name: str) -> Response:
    """The month for a spreadsheet."""
    return _file(as_csv(_statement(name)).encode("utf-8-sig"), "text/csv", name, "csv")


@bp.get("/statements/<name>.pdf")
@earner
def paper(name: str) -> Response:
    """The month on paper."""
    found = _statement(name)
    data = as_pdf(found, current_editor(), current().shop_name)
    return _file(data, "application/pdf", name, "pdf")


@bp.get("/statements/years/<int:year>")
@earner
def whole_year(year: int) -> str:
    """The sums of a year, for tax papers."""
    return render_template("commissions/statements/year.html", editor=current_editor(), found=_year(year))


@bp.get("/statements/years/<int:year>.csv")
@earner
def year_sheet(year: int) -> Response:
    """The year for a spreadsheet."""
    return _file(year_as_csv(_year(year)).encode("utf-8-sig"), "text/csv", str(year), "csv")


@bp.get("/statements/years/<int:year>.pdf")
@earner
def year_paper(year: int) -> Response:
    """The year on paper."""
    data = year_as_pdf(_year(year), current_editor(), current().shop_name)
    return _file(data, "application/pdf", str(year), "pdf")


def money_card(**_more: object) -> str:
    """A card of the studio: what is pending, payable and paid, each with its sentence."""
    editor = editor_here()
    if editor is None:
        return ""
    return render_template("commissions/earnings/card.html", **money_of(editor))


def orders_card(**_more: object) -> str:
    """Commission by week and the last orders, further down in the studio."""
    editor = editor_here()
    if editor is None:
        return ""
    drawing, weeks, best = _chart_of(editor)
    rows = order_rows(editor.id, receipts_of(editor.id, limit=4))
    return render_template(
        "commissions/earnings/orders_card.html",
        rows=rows,
        drawing=drawing,
        weeks=weeks,
        best=best,
        currency=current().currency,
    )


def money_of(editor: Editor) -> dict[str, Any]:
    """An editor's money as its templates show it; asked once a request."""
    if "editor_money" not in g:
        g.editor_money = _money_of(editor)
    found: dict[str, Any] = g.editor_money
    return found


def _money_of(editor: Editor) -> dict[str, Any]:
    settings = current()
    currency, zone = settings.currency, settings.timezone
    today = clock.today(zone)
    run_on = next_run_day(Rhythm(settings.payout_schedule), settings.payout_day, today)
    until = end_of(run_on, zone) or clock.now()
    balance = editor_balance(editor.id, currency)
    counts = with_awards(counts_of(editor.id, currency, until), editor.id, until)
    payouts = payouts_of(editor.id)
    paid = [one for one in payouts if one.status in PAID and one.sent_at]
    year = today.year
    payee = payee_of(editor.id)
    on_the_way = next((one for one in payouts if one.status not in PAID), None)
    minimum = Money(settings.payout_minimum_minor, currency)
    sure = balance.payable - on_the_way.amount if on_the_way else balance.payable
    return {
        "balance": balance,
        "counts": counts,
        "forecast": Forecast(run_on, sure, Money(counts.joins_minor, currency), minimum),
        "payout_count": len(paid),
        "last_payout": paid[0] if paid else None,
        "paid_this_year": Money(
            sum(one.kept.minor for one in paid if one.sent_at and one.sent_at.year == year), currency
        ),
        "on_the_way": on_the_way,
        "minimum": minimum,
        "payee": payee,
    }


def _chart_of(editor: Editor) -> tuple[BarChart, list[tuple[str, Money]], tuple[str, Money] | None]:
    currency, zone = current().currency, current().timezone
    today = clock.today(zone)
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    sums = weeks_of(editor.id, currency, zone, clock.now() - timedelta(weeks=WEEKS))
    named = [(day(week, "short"), Money(max(0, sums.get(week, 0)), currency)) for week in weeks]
    drawing = bar_chart(
        [Point(name, value.minor) for name, value in named],
        label=lambda minor: money(Money(minor, currency), whole=True),
    )
    best = max(named, key=lambda one: one[1].minor)
    return drawing, named, best if best[1] else None


def _statement(name: str) -> Statement:
    """The month called `name`, such as 2026-11; raises `NoSuchStatement` for any other text or the future."""
    settings = current()
    try:
        first = date.fromisoformat(f"{name}-01")
    except ValueError as wrong:
        raise NoSuchStatement() from wrong
    if first.year < EARLIEST or first > clock.today(settings.timezone):
        raise NoSuchStatement()
    return statement(current_editor().id, first, settings.currency, settings.timezone)


def _year(year: int) -> Year:
    settings = current()
    if not EARLIEST <= year <= clock.today(settings.timezone).year:
        raise NoSuchStatement()
    return year_of(current_editor().id, year, settings.currency, settings.timezone)


def _file(data: bytes, kind: str, name: str, ending: str) -> Response:
    response = Response(data, content_type=kind + ("; charset=utf-8" if kind == "text/csv" else ""))
    response.headers["Content-Disposition"] = f'attachment; filename="statement-{name}.{ending}"'
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

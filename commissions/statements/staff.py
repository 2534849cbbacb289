"""`/staff/years`: what all editors earned and got in a year, for the shop's tax papers."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, render_template, url_for

from commissions.statements.all_years import all_as_csv
from commissions.statements.all_years_queries import all_rows, rows_of, sums_of, years_there_are
from commissions.statements.errors import NoSuchStatement
from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.settings import current
from foundation.web.numbers import not_beyond, page_number, pages_of

PAGE = 50
EARLIEST = 2000

bp = Blueprint("staff_years", __name__, url_prefix="/staff/years")


@bp.get("")
@permitted(Permission.BOOKS_VIEW)
def this_year() -> str:
    """The year that runs."""
    return _page(clock.today(current().timezone).year)


@bp.get("/<int:year>")
@permitted(Permission.BOOKS_VIEW)
def year(year: int) -> str:
    """One year, editor by editor. Four statements, whatever the size."""
    return _page(_known(year))


@bp.get("/<int:year>.csv")
@permitted(Permission.BOOKS_VIEW)
def sheet(year: int) -> Response:
    """All of it for a spreadsheet, whoever is on which page."""
    shop = current()
    text = all_as_csv(all_rows(_known(year), shop.currency, shop.timezone), shop.currency)
    response = Response(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="editors-{year}.csv"'
    return response


def _page(year: int) -> str:
    shop, page = current(), page_number()
    whole = sums_of(year, shop.currency, shop.timezone)
    rows = rows_of(year, shop.currency, shop.timezone, limit=PAGE, offset=(page - 1) * PAGE)
    not_beyond(page, rows)

    def address(number: int) -> str:
        return url_for("staff_years.year", year=year, page=number)

    return render_template(
        "commissions/statements/staff_year.html",
        year=year,
        years=years_there_are(shop.currency, shop.timezone),
        whole=whole,
        rows=rows,
        page=page,
        pages=pages_of(whole.editors, PAGE),
        previous=address(page - 1),
        following=address(page + 1),
        currency=shop.currency,
    )


def _known(year: int) -> int:
    if not EARLIEST <= year <= clock.today(current().timezone).year:
        raise NoSuchStatement()
    return year


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

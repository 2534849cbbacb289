from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.i18n import reader_language
from foundation.web.fields import REFUSED
from storefront.catalog.categories import path_name, place, to_choose
from storefront.catalog.queries import departments
from storefront.delivery import actions
from storefront.delivery.errors import RateTaken
from storefront.delivery.forms import TaxForm
from storefront.delivery.models import TaxRate
from storefront.delivery.queries import tax_rates
from storefront.places.forms import every_country
from storefront.places.showing import country_name

bp = Blueprint("taxes_staff", __name__, url_prefix="/staff/taxes")


@bp.get("")
@permitted(Permission.TAXES_MANAGE)
def taxes() -> str:
    """Every rate by country: those that count, those to come, those that were."""
    return _page(TaxForm(formdata=None, country=settings.current().country, valid_from=today()))


@bp.post("")
@permitted(Permission.TAXES_MANAGE)
def add() -> Response | tuple[str, int]:
    """Write a rate down. It counts from its day on, and is never changed afterwards."""
    form = TaxForm()
    _offer(form)
    if form.validate():
        try:
            actions.add_tax_rate(
                actor=current_staff(),
                country=str(form.country.data),
                category=form.category.data or "",
                bps=form.rate.hundredths() or 0,
                valid_from=form.valid_from.data or today(),
            )
        except RateTaken as taken:
            form.valid_from.errors = (str(taken),)
        else:
            flash(_("It is written down."), "good")
            return redirect(url_for("taxes_staff.taxes"), 303)
    return _page(form), REFUSED


@bp.post("/<int:rate_id>/remove")
@permitted(Permission.TAXES_MANAGE)
def remove(rate_id: int) -> Response:
    """Take away a rate that is still to come."""
    actions.remove_tax_rate(actor=current_staff(), rate_id=rate_id, today=today())
    flash(_("It is taken away."), "good")
    return redirect(url_for("taxes_staff.taxes"), 303)


def today() -> date:
    """The day on the shop's own clock: rates begin with its midnight."""
    return clock.now().astimezone(ZoneInfo(settings.current().timezone)).date()


def _page(form: TaxForm) -> str:
    _offer(form)
    day, counting = today(), set()
    rows: list[tuple[TaxRate, str, str, str, str]] = []
    for rate in tax_rates():  # the newest first: the first that has begun is the one that counts
        key = rate.country, rate.category
        state, tone = (_("to come"), "warn") if rate.valid_from > day else (_("over"), "")
        if rate.valid_from <= day and key not in counting:
            counting.add(key)
            state, tone = _("counts"), "good"
        what = path_name(rate.category) if rate.category else _("Everything else, and delivery")
        rows.append((rate, country_name(rate.country), what, state, tone))
    # Within a country as the departments hang in the shop, and by day within one of them.
    rows.sort(key=lambda row: (row[1], bool(row[0].category), place(row[0].category)))
    return render_template("storefront/delivery/staff/taxes.html", form=form, rows=rows, today=day)


def _offer(form: TaxForm) -> None:
    form.country.choices = every_country(reader_language())
    form.category.choices = [
        ("", _("Everything else, and delivery")),
        *to_choose(key for key, _count in departments()),
    ]

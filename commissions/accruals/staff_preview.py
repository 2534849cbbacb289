"""Staff try a rate out: what an order paid, what it would pay by the rates of today, and by one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext as _

from commissions.accruals.policy import commission_minor
from commissions.accruals.queries import commissions_of_order
from commissions.accruals.rating import Rated, would_earn
from commissions.claims.queries import receipt_by_number
from commissions.rates.choosing import known_products, offer, subject_of
from commissions.rates.forms import TrialForm
from commissions.rates.models import RateCard
from commissions.rates.policy import CardKind, Scope
from commissions.rates.words import told
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money, total
from foundation.web.fields import REFUSED
from storefront.catalog.naming import piece_name
from storefront.orders.queries import Sale, sale

# Later than any card that is written: the rate that is tried out is the last word.
LAST = 2**62

bp = Blueprint("rates_trial", __name__, url_prefix="/staff/rates/preview")


@dataclass(frozen=True, slots=True)
class Tried:
    """A line: what it paid, what it would pay today and with the rate that is tried out, and why."""

    piece: str
    paid: Money
    then: Money
    today: Money
    tried: Money | None
    why: list[str]


@bp.get("")
@permitted(Permission.RATES_VIEW)
def preview() -> str | tuple[str, int]:
    """The form, and for an order what it would have paid. Nothing is written."""
    form = TrialForm(formdata=request.args if request.args else None)
    offer(form)
    if not request.args:
        return _page(form)
    products = known_products(form)
    trying = bool(form.percent.data)
    if not form.validate() or (trying and not form.complete(products)):
        return _page(form), REFUSED
    found = receipt_by_number(form.order.data or "")
    if found is None:
        form.order.errors = (_("There is no paid order of that number."),)
        return _page(form), REFUSED
    editor_id = found.editor_id
    if form.editor.data:
        editor = editor_by_handle(form.editor.data.removeprefix("@"))
        editor_id = editor.id if editor else None
    if editor_id is None:
        unknown = _("Nobody is credited for it, or we do not know that handle. Say whose sale it would be.")
        form.editor.errors = (unknown,)
        return _page(form), REFUSED
    card = None
    if trying:
        subject = subject_of(form, products)
        card = RateCard(
            id=LAST,
            kind=CardKind.RATE,
            scope=Scope(form.scope.data),
            subject=subject.key,
            label=subject.label,
            label_it=subject.label_it,
            rate_bps=form.percent.hundredths(),
            valid_from=clock.now(),
        )
    return _page(form, tried_lines(sale(found.order_id), editor_id, card))


def tried_lines(of: Sale, editor_id: int, card: RateCard | None) -> list[Tried]:
    """Every line of an order, at full sale: what came back since is left aside."""
    then: dict[int, int] = {}
    for one in commissions_of_order(of.order_id):
        then[one.order_line_id] = then.get(one.order_line_id, 0) + one.accrued_minor
    today = would_earn(of, editor_id)
    tried = would_earn(of, editor_id, more=[card]) if card else None
    return [
        Tried(
            piece_name(line, None),
            Money(line.paid_minor, of.currency),
            Money(then.get(line.line_id, 0), of.currency),
            _worth(of, index, today),
            _worth(of, index, tried) if tried else None,
            told((tried or today)[index].trace, of.currency),
        )
        for index, line in enumerate(of.lines)
    ]


def _worth(of: Sale, index: int, rated: Sequence[Rated]) -> Money:
    line, rate = of.lines[index], rated[index]
    minor = commission_minor(line.paid_minor, line.tax_bps, rate.rate_bps, rate.cap_minor)
    return Money(minor, of.currency)


def _page(form: TrialForm, lines: Sequence[Tried] = ()) -> str:
    sums = None
    if lines:
        currency = lines[0].paid.currency
        sums = {
            "paid": total([one.paid for one in lines], currency),
            "then": total([one.then for one in lines], currency),
            "today": total([one.today for one in lines], currency),
            "tried": total([one.tried for one in lines if one.tried], currency) if lines[0].tried else None,
        }
    return render_template("commissions/rates/staff_preview.html", form=form, lines=lines, sums=sums)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

"""Staff put a bag together that nobody bought, and see what each line of it would pay whom, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, Flask, render_template, request
from flask_babel import gettext as _

from commissions.accruals.policy import commission_minor
from commissions.accruals.rating import basket_would_earn
from commissions.rates.forms import BasketForm
from commissions.rates.policy import NEW
from commissions.rates.words import told
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money, total
from foundation.settings import current
from foundation.web.amounts import end_of
from foundation.web.fields import REFUSED
from storefront.catalog.models import Product
from storefront.catalog.naming import piece_name
from storefront.catalog.queries import products_by_ids
from storefront.delivery.queries import terms_for
from storefront.orders.queries import SaleLine
from storefront.promotions.queries import products_by_handle

bp = Blueprint("rates_basket", __name__, url_prefix="/staff/rates/basket")


@dataclass(frozen=True, slots=True)
class Would:
    """A line: how many of what, what is paid for it with and without tax, what it would pay, and why."""

    piece: str
    quantity: int
    paid: Money
    base: Money
    rate_bps: int
    pays: Money
    why: list[str]


@bp.get("")
@permitted(Permission.RATES_VIEW)
def basket() -> str | tuple[str, int]:
    """The form, and for a bag what it would pay. Nothing is written."""
    today = clock.today(current().timezone)
    if not request.args:
        return _page(BasketForm(formdata=None, data={"on": today}))
    form = BasketForm(formdata=request.args)
    form.offer()
    if not form.validate():
        return _page(form), REFUSED
    editor = editor_by_handle((form.editor.data or "").removeprefix("@"))
    if editor is None:
        form.editor.errors = (_("We do not know that handle. Say whose sale it would be."),)
    known = products_by_handle({line.handle for line in form.filled})
    for line in form.filled:
        if line.handle not in known:
            line.product.errors = (_("We do not know %(handle)s.", handle=line.handle),)
    if not form.filled:
        form.lines[0].form.product.errors = (_("Put something into the bag."),)
    if editor is None or not form.filled or len(known) < len({line.handle for line in form.filled}):
        return _page(form), REFUSED
    products = {one.handle: one for one in products_by_ids(known.values())}
    on = form.on.data
    lines = _bag([(products[line.handle], line.quantity.data) for line in form.filled], on)
    new = form.customer.data == NEW
    rated = basket_would_earn(lines, editor.id, at=_moment(on, today), on=on, new_customer=new)
    currency = current().currency
    found = [
        Would(
            piece=piece_name(line, None),
            quantity=line.quantity,
            paid=Money(line.paid_minor, currency),
            base=Money(line.paid_minor, currency).net_of_tax(line.tax_bps),
            rate_bps=rate.rate_bps,
            pays=Money(
                commission_minor(line.paid_minor, line.tax_bps, rate.rate_bps, rate.cap_minor), currency
            ),
            why=told(rate.trace, currency),
        )
        for line, rate in zip(lines, rated, strict=True)
    ]
    return _page(form, found, editor.name)


def _moment(on: date, today: date) -> datetime:
    """Now for today, and for any other day its last second: what was set in the course of it counts."""
    over = end_of(on, current().timezone)
    assert over is not None
    return clock.now() if on == today else over - timedelta(seconds=1)


def _bag(pieces: Sequence[tuple[Product, int]], on: date) -> list[SaleLine]:
    """The pieces as lines of an order at home: at the price and with the tax they would have."""
    shop = current()
    taxes = terms_for(shop.country, {}, home=shop.country, today=on).taxes
    found = []
    for product, quantity in pieces:
        gross = product.price_from_minor * quantity
        bps = taxes.of(product.category) if taxes.known else 0
        found.append(
            SaleLine(
                line_id=0,
                product_id=product.id,
                variant_id=0,
                category=product.category,
                title=product.title,
                title_it=product.title_it,
                colour=product.colour,
                colour_it=product.colour_it,
                options_label="",
                quantity=quantity,
                unit_price_minor=product.price_from_minor,
                gross_minor=gross,
                discount_minor=0,
                net_minor=Money(gross, shop.currency).net_of_tax(bps).minor,
                tax_bps=bps,
                origin_kind=None,
                origin_ref=None,
                origin_label=None,
                refunded_quantity=0,
                refunded_minor=0,
                counted_minor=gross,
            )
        )
    return found


def _page(form: BasketForm, lines: Sequence[Would] = (), editor: str = "") -> str:
    form.offer()
    currency = current().currency
    sums = {
        "paid": total([one.paid for one in lines], currency),
        "base": total([one.base for one in lines], currency),
        "pays": total([one.pays for one in lines], currency),
    }
    return render_template(
        "commissions/rates/staff_basket.html", form=form, lines=lines, sums=sums, editor=editor
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

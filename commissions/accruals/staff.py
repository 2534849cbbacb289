"""Receipts for staff: every candidate by name, and the panel on an order's own page."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.accruals.errors import NoSuchReceipt
from commissions.accruals.queries import commissions_of_order, to_hold
from commissions.accruals.views import earning_names, receipt_page
from commissions.claims import words
from commissions.claims.queries import receipt_by_number, receipts
from commissions.holds.words import reason_names
from foundation.accounts.guards import current_account, permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.web.numbers import not_beyond, page_number
from storefront.orders.models import Order
from storefront.orders.policy import as_numbered

PAGE = 40

bp = Blueprint("staff_receipts", __name__, url_prefix="/staff/receipts")


@bp.get("")
@permitted(Permission.RECEIPTS_VIEW)
def index() -> Response | str | tuple[str, int]:
    """Every decision, newest first; `number` leads to one."""
    typed = request.args.get("number", "").strip()[:40]
    if typed:
        found_one = receipt_by_number(as_numbered(typed) or "")
        if found_one is not None:
            return redirect(url_for("staff_receipts.receipt", number=found_one.order_number))
    page = page_number()
    found = receipts(limit=PAGE + 1, offset=(page - 1) * PAGE)
    not_beyond(page, found)
    rows = [
        {
            "number": one.order_number,
            "at": one.decided_at,
            "who": earning_names(one),
            "rule": words.rule(one),
            "look": words.look_of(one, one.editor_id),
        }
        for one in found[:PAGE]
    ]
    html = render_template(
        "commissions/receipts/staff_list.html",
        rows=rows,
        page=page,
        more=len(found) > PAGE,
        typed=typed,
        wrong=_("No order that was decided has this number.") if typed else "",
    )
    return (html, 404) if typed else html


@bp.get("/<number>")
@permitted(Permission.RECEIPTS_VIEW)
def receipt(number: str) -> str:
    """The whole receipt with the names of all candidates."""
    found = receipt_by_number(number)
    if found is None:
        raise NoSuchReceipt()
    shown = receipt_page(found, None)
    reader = current_account()
    permitted_here = reader.permissions if reader is not None else frozenset()
    may_hold = Permission.COMMISSIONS_HOLD in permitted_here
    return render_template(
        "commissions/receipts/receipt.html",
        may_hold=may_hold and bool(to_hold(found.order_id)),
        may_release=may_hold,
        may_correct=Permission.CLAIMS_DECIDE in permitted_here,
        hold_names=reason_names(),
        **shown,
    )


def order_panel(order: Order, **_more: object) -> str:
    """On the order's page for staff: who gets the credit, and for how much."""
    found = receipt_by_number(order.number)
    if found is None:
        return ""
    lines = commissions_of_order(order.id)
    reader = current_account()
    return render_template(
        "commissions/receipts/panel.html",
        receipt=found,
        earning=earning_names(found),
        count=len(found.shares),
        rule=words.rule(found) if found.editor_id else words.why_nobody(found),
        earned=Money(sum(one.amount_minor for one in lines), current().currency),
        may_open=reader is not None and Permission.RECEIPTS_VIEW in reader.permissions,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

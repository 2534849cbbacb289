from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.money import Money
from foundation.web.fields import REFUSED
from foundation.web.formats import money
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.exchanges.queries import others_of
from storefront.exchanges.words import AT_THE_DESK
from storefront.orders.forms import ReasonForm
from storefront.orders.models import Order
from storefront.returns.forms import chosen_pieces
from storefront.returns.queries import refund_by_key
from storefront.sendbacks import actions
from storefront.sendbacks.actions import Looked, refund_key
from storefront.sendbacks.forms import number_of
from storefront.sendbacks.models import OPEN_SENDBACKS, Sendback, SendbackStatus
from storefront.sendbacks.panels import row_of
from storefront.sendbacks.queries import PAGE_SIZE, Tray, sendback_by_number, staff_sendbacks

MONEY = "money"
bp = Blueprint("sendbacks_staff", __name__, url_prefix="/staff/returns")


@bp.get("")
@permitted(Permission.ORDERS_VIEW)
def sendbacks() -> str:
    """What comes back: what lies here first, then what is on its way."""
    wanted, page = request.args.get("tray", ""), page_number()
    tray = Tray(wanted) if wanted in list(Tray) else Tray.RECEIVED
    rows, counts = staff_sendbacks(tray, page)
    not_beyond(page, rows)
    names = {
        Tray.RECEIVED: _("To look at"),
        Tray.ASKED: _("On their way to us"),
        Tray.CLOSED: _("Settled or called off"),
    }
    return render_template(
        "storefront/sendbacks/staff/sendbacks.html",
        rows=[row_of(back) | {"name": back.order.name, "order": back.order.number} for back in rows],
        tray=tray,
        tabs=tabs(names, tray, lambda key: url_for("sendbacks_staff.sendbacks", tray=str(key)), counts),
        page=page,
        pages=pages_of(counts[tray], PAGE_SIZE),
    )


@bp.get("/<number>")
@permitted(Permission.ORDERS_VIEW)
def sendback(number: str) -> str:
    """One return: take it in, look at it, settle it. The code on its label leads here."""
    return _page(sendback_by_number(number), ReasonForm(formdata=None))


@bp.post("/<number>/receive")
@permitted(Permission.ORDERS_HAND_OVER)
def receive(number: str) -> Response:
    """The pieces are here."""
    back = sendback_by_number(number)
    actions.receive(actor=current_staff(), number=back.number)
    flash(_("%(number)s is here. Look at each piece, then settle it.", number=back.number), "good")
    return redirect(url_for("sendbacks_staff.sendback", number=back.number), code=303)


@bp.post("/<number>/settle")
@permitted(Permission.ORDERS_REFUND)
def settle(number: str) -> Response | tuple[str, int]:
    """Give back what the accepted pieces cost, or refuse with a reason the shopper reads."""
    back, form = sendback_by_number(number), ReasonForm()
    currency = back.order.currency
    ids = [line.order_line_id for line in back.lines]
    accepted, wrong = chosen_pieces(request.form, ids)
    if not form.validate() or wrong:
        return _page(back, form, wrong=wrong), REFUSED
    looked = {
        line_id: Looked(accepted.get(line_id, 0), request.form.get(f"restock-{line_id}") == "y")
        for line_id in ids
    }
    try:
        with all_or_nothing():
            settled = actions.settle(
                actor=current_staff(), number=back.number, looked=looked, reason=str(form.reason.data)
            )
    except Problem as problem:
        return _page(sendback_by_number(number), form, sentence=str(problem)), problem.status
    flash(_settled(settled, currency), "good")
    return redirect(url_for("sendbacks_staff.sendback", number=back.number), code=303)


def _settled(back: Sendback, currency: str) -> str:
    """That it is, and what goes back of the pieces."""
    refund = refund_by_key(refund_key(back.id))
    if refund is None or not refund.amount_minor:
        return _("%(number)s is settled.", number=back.number)
    amount = money(Money(refund.amount_minor, currency))
    return _("%(number)s is settled: %(amount)s goes back.", number=back.number, amount=amount)


def _noted(order: Order, wanted: str) -> str:
    """What became of the wish, and nothing that did not happen: nobody writes to who left no address, and
    nothing goes back of what cost nothing."""
    if wanted == MONEY:
        nothing = _("The other piece is not kept any longer.")
        return nothing if order.costs_nothing else _("The money goes back when it is settled.")
    if not order.email:
        return _("It is kept for the shopper. There is no address to write to: tell them.")
    return _("It is kept for the shopper, who got a letter.")


@bp.post("/<number>/exchange/<int:line_id>")
@permitted(Permission.ORDERS_HAND_OVER)
def exchange(number: str, line_id: int) -> Response | tuple[str, int]:
    """Another size or colour instead, or the money again: for the shopper, who asked at the counter."""
    back, wanted, form = sendback_by_number(number), request.form.get("variant", ""), _why(line_id)
    empty, order = ReasonForm(formdata=None), back.order
    if not form.validate():
        return _page(back, empty, whys={line_id: form}), REFUSED
    actor, reason = current_staff(), str(form.reason.data)
    try:
        with all_or_nothing():
            if wanted == MONEY:
                actions.money_instead(actor=actor, number=back.number, line_id=line_id, reason=reason)
            else:
                actions.exchange_instead(
                    actor=actor,
                    number=back.number,
                    line_id=line_id,
                    variant_id=number_of(wanted),
                    reason=reason,
                )
    except Problem as problem:
        again = sendback_by_number(number)
        return _page(again, empty, whys={line_id: form}, sentence=str(problem)), REFUSED
    flash(_noted(order, wanted), "good")
    return redirect(url_for("sendbacks_staff.sendback", number=back.number), code=303)


def _why(line_id: int, **more: Any) -> ReasonForm:
    """Why these pieces are exchanged, or no more: each line has a form of its own on the page."""
    return ReasonForm(prefix=f"line{line_id}-", **more)


def _page(back: Sendback, form: ReasonForm, whys: Mapping[int, ReasonForm] | None = None, **more: Any) -> str:
    return render_template(
        "storefront/sendbacks/staff/sendback.html",
        back=row_of(back, AT_THE_DESK),
        words=back.words,
        order=back.order,
        form=form,
        typed=request.form,
        whys={line.order_line_id: _why(line.order_line_id, formdata=None) for line in back.lines}
        | dict(whys or {}),
        asked=back.status == SendbackStatus.ASKED,
        received=back.status == SendbackStatus.RECEIVED,
        others=others_of([part.line for part in back.lines], back.order.currency)
        if back.status in OPEN_SENDBACKS
        else {},
        **more,
    )

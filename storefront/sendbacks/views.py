from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.db import all_or_nothing
from foundation.errors import Conflict, Forbidden, Problem
from foundation.money import Money
from foundation.web.fields import REFUSED
from foundation.web.papers import paper_of
from storefront.catalog.naming import piece_name
from storefront.exchanges.queries import exchanges_of, others_of
from storefront.orders.models import HELD_REFUNDS, Order
from storefront.orders.queries import order_by_token
from storefront.orders.showing import last_day, lines_of, with_pictures
from storefront.places.models import WEB_WAREHOUSE
from storefront.places.queries import place_by_id, stores
from storefront.returns.queries import returnables
from storefront.sendbacks import actions
from storefront.sendbacks.errors import NotWithYou, SendbackUnknown, TooLateToReturn
from storefront.sendbacks.forms import SendbackForm, chosen_of, name_of
from storefront.sendbacks.label import as_pdf, code_of
from storefront.sendbacks.models import Sendback, SendbackStatus, Way
from storefront.sendbacks.panels import row_of
from storefront.sendbacks.policy import still_here
from storefront.sendbacks.queries import sendback_by_number, sendbacks_by_account, spoken_for
from storefront.sendbacks.words import WHYS

bp = Blueprint("sendbacks", __name__)


@bp.get("/orders/<token>/return")
@public
def choose(token: str) -> Response:
    """Choose what comes back, for whoever holds the order's secret address."""
    order = order_by_token(token)
    if order.delivered_at is None:
        raise NotWithYou()
    if clock.now() > last_day(order):
        raise TooLateToReturn()
    return _choose_page(order, SendbackForm(formdata=None))


@bp.post("/orders/<token>/return")
@public
def ask(token: str) -> Response:
    """Announce it. What cannot be is said, with everything that was chosen kept."""
    order, form = order_by_token(token), SendbackForm()
    try:
        pieces = still_here(returnables(order.id, HELD_REFUNDS), spoken_for(order.id))
        chosen, wrong = chosen_of(request.form, pieces)
        if not form.validate() or wrong:
            return _choose_page(order, form, request.form, wrong=wrong)
        with all_or_nothing():
            back = actions.ask(
                actor=current_person(),
                order_id=order.id,
                chosen=chosen.pieces,
                instead=chosen.instead,
                came_by=chosen.came_by,
                way=Way(form.way.data),
                words=str(form.words.data or ""),
                until=last_day(order),
            )
    except (NotWithYou, TooLateToReturn):
        raise
    except Problem as problem:
        return _choose_page(order_by_token(token), form, request.form, sentence=str(problem))
    return redirect(url_for("sendbacks.show", token=token, number=back.number), code=303)


@bp.get("/orders/<token>/return/<number>")
@public
def show(token: str, number: str) -> Response:
    """One return: how it comes to us, its label, and where it stands."""
    order, back = _found(token, number)
    warehouse = place_by_id(WEB_WAREHOUSE)
    refund = next((one for one in order.refunds if one.id == back.refund_id), None)
    page = render_template(
        "storefront/sendbacks/sendback.html",
        order=order,
        back=row_of(back),
        way=str(back.way),
        code=code_of(_desk_address(back)),
        warehouse=warehouse,
        stores=stores() if back.way == Way.STORE else (),
        open=back.status == SendbackStatus.ASKED,
        money_back=refund is not None,
        amount=Money(refund.amount_minor, order.currency) if refund else None,
        pictures={line["id"]: line["picture"] for line in with_pictures(lines_of(order))},
    )
    return _private(make_response(page))


@bp.get("/orders/<token>/return/<number>/label.pdf")
@public
def label(token: str, number: str) -> Response:
    """The label for the parcel."""
    back = _found(token, number)[1]
    shop = settings.current().shop_name
    printed = as_pdf(back, place_by_id(WEB_WAREHOUSE), shop, _desk_address(back))
    return _private(paper_of(printed, f"return-{back.number}"))


@bp.post("/orders/<token>/return/<number>/call-off")
@public
def call_off(token: str, number: str) -> Response:
    """The shopper keeps it after all."""
    back = _found(token, number)[1]
    try:
        with all_or_nothing():
            actions.call_off(actor=current_person(), number=back.number)
    except Conflict as problem:
        return _too_late(problem, token, number)
    flash(_("You keep your pieces. Nothing else changes."), "good")
    return redirect(url_for("orders.show", token=token), code=303)


@bp.post("/orders/<token>/return/<number>/money/<int:line_id>")
@public
def money_instead(token: str, number: str, line_id: int) -> Response:
    """The shopper wants the money and not the other piece."""
    order, back = _found(token, number)
    try:
        with all_or_nothing():
            actions.money_instead(actor=current_person(), number=back.number, line_id=line_id)
    except Conflict as problem:
        return _too_late(problem, token, number)
    money = _("Your money goes back once the piece is here and all is well.")
    flash(_("The other piece is not kept any longer.") if order.costs_nothing else money, "good")
    return redirect(url_for("sendbacks.show", token=token, number=number), code=303)


@bp.get("/account/return")
@bp.get("/account/returns")
@signed_in
def mine() -> str:
    """What somebody sent back, and where it stands."""
    account = current_account()
    if account is None:
        raise Forbidden()
    return render_template(
        "storefront/sendbacks/mine.html",
        rows=[
            row_of(back) | {"order": back.order.number, "token": back.order.token}
            for back in sendbacks_by_account(account.id)
        ],
    )


def _too_late(problem: Conflict, token: str, number: str) -> Response:
    """Somebody was faster: the return says so, and how it stands now."""
    flash(str(problem), "warn")
    return redirect(url_for("sendbacks.show", token=token, number=number), code=303)


def _choose_page(
    order: Order,
    form: SendbackForm,
    typed: Mapping[str, Any] | None = None,
    wrong: Container[str] = (),
    **more: Any,
) -> Response:
    """`typed` is what was sent and refused; `wrong` names the pieces that lack a number or a reason."""
    left = still_here(returnables(order.id, HELD_REFUNDS), spoken_for(order.id))
    lines = {line.id: line for line in order.lines}
    pictures = {shown["id"]: shown["picture"] for shown in with_pictures(lines_of(order))}
    came = {one.id: one for one in exchanges_of(order.id)}
    others = others_of(order.lines, order.currency)
    typed, refused = typed or {}, typed is not None
    rows = []
    for (line_id, of_exchange), many in left.items():
        if not many and of_exchange:
            continue
        name = name_of((line_id, of_exchange))
        choices, instead = [] if of_exchange else others[line_id], typed.get(f"instead-{name}", "")
        gone = [one.label for one in choices if str(one.variant_id) == instead and not one.there]
        rows.append(
            {
                "id": name,
                "name": piece_name(came.get(of_exchange) or lines[line_id]),
                "picture": pictures[line_id],
                "left": many,
                "others": choices,
                "typed": typed.get(f"line-{name}", "0"),
                "why": typed.get(f"why-{name}", ""),
                "instead": instead,
                "gone": next(iter(gone), ""),
                "wrong": name in wrong,
            }
        )
    page = render_template(
        "storefront/sendbacks/choose.html",
        order=order,
        form=form,
        until=last_day(order),
        whys=[(str(why), str(words)) for why, words in WHYS.items()],
        rows=rows,
        wrong=bool(wrong),
        **more,
    )
    return _private(make_response(page, REFUSED if refused else 200))


def _found(token: str, number: str) -> tuple[Order, Sendback]:
    """The return, when it belongs to this order."""
    back = sendback_by_number(number)
    # Last, because it is read whole: the return brings its bare order along.
    order = order_by_token(token)
    if back.order_id != order.id:
        raise SendbackUnknown()
    return order, back


def _desk_address(back: Sendback) -> str:
    return settings.current().base_url + url_for("sendbacks_staff.sendback", number=back.number)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

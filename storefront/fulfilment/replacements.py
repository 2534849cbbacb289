"""Pieces that leave in exchange for others: packed, sent or handed over; and where the shopper sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from foundation import settings
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.papers import paper_of
from foundation.web.tabs import tabs
from storefront.catalog.naming import piece_name
from storefront.exchanges import actions
from storefront.exchanges.models import EXCHANGE_MOVES, Exchange, ExchangeStatus
from storefront.exchanges.queries import PAGE_SIZE, bench, exchange_by_number, exchanges_of, to_pack
from storefront.exchanges.words import AT_THE_BANK, AT_THE_DESK, STATUSES, WHYS
from storefront.fulfilment.carriers import CARRIERS
from storefront.fulfilment.forms import ParcelForm
from storefront.fulfilment.slip import as_pdf
from storefront.orders.models import DISPUTED, Dispute, Order

Words = Mapping[ExchangeStatus, tuple[Any, str]]
bp = Blueprint("replacements", __name__, url_prefix="/staff/exchanges")


@bp.get("")
@permitted(Permission.ORDERS_VIEW)
def exchanges() -> str:
    """Every exchange by its step: what has to be packed first."""
    wanted, page = request.args.get("step", ""), page_number()
    status = ExchangeStatus(wanted) if wanted in list(ExchangeStatus) else ExchangeStatus.APPROVED
    rows, counts = bench(status, page)
    not_beyond(page, rows)
    names = {
        ExchangeStatus.APPROVED: _("To pack"),
        ExchangeStatus.UNPAID: _("Wait for the difference"),
        ExchangeStatus.ASKED: _("Wait for the old piece"),
        ExchangeStatus.SENT: _("On their way"),
        ExchangeStatus.DONE: _("Done"),
        ExchangeStatus.OFF: _("Called off"),
    }
    counted = {step: counts.get(step, 0) for step in names}
    return render_template(
        "storefront/fulfilment/staff/exchanges.html",
        rows=[row_of(one) | {"order": one.order} for one in rows],
        status=status,
        tabs=tabs(names, status, lambda step: url_for("replacements.exchanges", step=str(step)), counted),
        page=page,
        pages=pages_of(counted[status], PAGE_SIZE),
    )


@bp.get("/<number>")
@permitted(Permission.ORDERS_VIEW)
def exchange(number: str) -> str:
    """One exchange, and what comes next for it."""
    return _page(exchange_by_number(number), ParcelForm(formdata=None))


@bp.post("/<number>/send")
@permitted(Permission.ORDERS_HAND_OVER)
def send(number: str) -> Response | tuple[str, int]:
    """The parcel left, with its carrier and number."""
    one, form = exchange_by_number(number), ParcelForm()
    if not form.validate():
        return _page(one, form), REFUSED
    carrier, tracking = CARRIERS[str(form.carrier.data)], str(form.tracking.data or "")
    actions.send(
        actor=current_staff(),
        exchange_id=one.id,
        carrier=str(form.carrier.data),
        tracking=tracking,
        words=carrier.name,
        follow=carrier.link(tracking),
    )
    flash(_("%(number)s is on its way; the shopper got a letter.", number=one.number), "good")
    return redirect(url_for("replacements.exchange", number=one.number), code=303)


@bp.post("/<number>/arrived")
@permitted(Permission.ORDERS_HAND_OVER)
def arrived(number: str) -> Response:
    """The shopper has it."""
    one = exchange_by_number(number)
    actions.arrive(actor=current_staff(), exchange_id=one.id)
    flash(_("%(number)s is done.", number=one.number), "good")
    return redirect(url_for("replacements.exchange", number=one.number), code=303)


@bp.get("/<number>/slip.pdf")
@permitted(Permission.ORDERS_VIEW)
def slip(number: str) -> Response:
    """The packing slip of what leaves in exchange."""
    one, shop = exchange_by_number(number), settings.current()
    paper = as_pdf([one.order], {one.order_id: [(one.quantity, one)]}, shop.shop_name, shop.base_url)
    return paper_of(paper, one.number)


def queue() -> list[Job]:
    """What leaves in exchange and nobody has packed yet."""
    account = current_account()
    if account is None or Permission.ORDERS_HAND_OVER not in account.permissions:
        return []
    return [
        Job(
            kind=_("Exchange"),
            what=_("%(number)s for %(name)s", number=one.number, name=one.order.name),
            href=url_for("replacements.exchange", number=one.number),
            since=one.approved_at or one.asked_at,
            note=piece_name(one),
            action=_("Pack"),
        )
        for one in to_pack()
    ]


def on_order(order: Order, **_named: Any) -> str:
    """The shopper's exchanges: what is kept, what is owed, where it is."""
    rows = _of(order, STATUSES)
    return render_template("storefront/fulfilment/exchanges.html", order=order, rows=rows) if rows else ""


def on_staff_order(order: Order, **_named: Any) -> str:
    """The exchanges of an order, leading to each."""
    rows = _of(order, AT_THE_DESK)
    return render_template("storefront/fulfilment/staff/exchanges_of.html", rows=rows) if rows else ""


def count_words(count: int) -> str:
    """For the navigation of the desk."""
    return ngettext("%(num)s exchange to pack", "%(num)s exchanges to pack", count)


def row_of(one: Exchange, words: Words = AT_THE_DESK) -> dict[str, Any]:
    """An exchange as pages show it; its line has to be loaded."""
    word, tone = words[ExchangeStatus(one.status)]
    carrier = CARRIERS.get(one.carrier)
    return {
        "one": one,
        "old": piece_name(one.line),
        "new": piece_name(one),
        "word": str(word),
        "tone": tone,
        "bank": AT_THE_BANK.get(Dispute(one.dispute)),
        "why": str(WHYS[one.why_off]) if one.why_off else "",
        "carrier": carrier.name if carrier else "",
        "follow": carrier.link(one.tracking) if carrier else "",
    }


def _of(order: Order, words: Words) -> list[dict[str, Any]]:
    # Nothing is exchanged before it was with the shopper.
    return [row_of(one, words) for one in exchanges_of(order.id)] if order.delivered_at is not None else []


def _page(one: Exchange, form: ParcelForm) -> str:
    account = current_account()
    may = account is not None and Permission.ORDERS_HAND_OVER in account.permissions
    ours = one.order.dispute not in DISPUTED and one.dispute != Dispute.OPEN
    return render_template(
        "storefront/fulfilment/staff/exchange.html",
        row=row_of(one),
        order=one.order,
        form=form,
        sends=may and ours and EXCHANGE_MOVES.allows(one.status, ExchangeStatus.SENT),
        arrives=may
        and (ours or one.status == ExchangeStatus.SENT)
        and EXCHANGE_MOVES.allows(one.status, ExchangeStatus.DONE),
        packs=ours and one.status == ExchangeStatus.APPROVED,
    )

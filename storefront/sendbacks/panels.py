"""Returns on pages below: the shopper's order, the staff's, the desk's queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job
from storefront.catalog.naming import piece_name
from storefront.exchanges.models import OPEN_EXCHANGES, Exchange, ExchangeStatus
from storefront.exchanges.words import STATUSES as EXCHANGE_WORDS
from storefront.orders.models import HELD_REFUNDS, Order
from storefront.orders.showing import last_day
from storefront.returns.queries import returnables
from storefront.sendbacks.models import Sendback, SendbackStatus
from storefront.sendbacks.policy import parcel_is_ours, still_here
from storefront.sendbacks.queries import Tray, sendbacks_of, spoken_for, staff_sendbacks
from storefront.sendbacks.words import EXCHANGED, STATUSES, WHYS


def on_order(order: Order, **_named: Any) -> str:
    """What comes back, and the way to send something while there is time."""
    if order.delivered_at is None:
        return ""
    left = still_here(returnables(order.id, HELD_REFUNDS), spoken_for(order.id))
    rows = [row_of(back) for back in sendbacks_of(order.id)]
    open_until = last_day(order)
    can = any(left.values()) and clock.now() <= open_until
    if not (rows or can):
        return ""
    return render_template(
        "storefront/sendbacks/on_order.html", order=order, rows=rows, can=can, until=open_until
    )


def on_staff_order(order: Order, **_named: Any) -> str:
    """The returns of an order, leading to each."""
    rows = [row_of(back) for back in sendbacks_of(order.id)]
    return render_template("storefront/sendbacks/staff/on_order.html", rows=rows) if rows else ""


def queue() -> list[Job]:
    """Pieces that lie here and wait to be looked at."""
    account = current_account()
    if account is None or Permission.ORDERS_REFUND not in account.permissions:
        return []
    return [
        Job(
            kind=_("Return"),
            what=_("%(number)s from %(name)s", number=back.number, name=back.order.name),
            href=url_for("sendbacks_staff.sendback", number=back.number),
            since=back.received_at or back.asked_at,
            note=", ".join(piece_name(line.came_by or line.line) for line in back.lines),
            action=_("Look into it"),
        )
        for back in staff_sendbacks(Tray.RECEIVED, 1)[0]
    ]


def row_of(
    back: Sendback, exchanges: Mapping[ExchangeStatus, tuple[Any, str]] = EXCHANGE_WORDS
) -> dict[str, Any]:
    """A return as lists show it; lines with their pieces have to be loaded. `exchanges`: their states."""
    word, tone = STATUSES[SendbackStatus(back.status)]
    if back.status == SendbackStatus.SETTLED and back.refund_id is None:
        word = EXCHANGED
    return {
        "number": back.number,
        "word": str(word),
        "tone": tone,
        "when": back.asked_at,
        "status": str(back.status),
        "reply": back.reply,
        "ours": parcel_is_ours(back.way, [line.why for line in back.lines]),
        "pieces": [
            {
                "id": line.order_line_id,
                "name": piece_name(line.came_by or line.line),
                "quantity": line.quantity,
                "why": str(WHYS[line.why]),
                "accepted": line.accepted,
                "restock": line.restock,
                "instead": _instead(line.instead, exchanges) if line.instead else None,
                "exchangeable": not line.of_exchange,
            }
            for line in back.lines
        ],
    }


def _instead(one: Exchange, words: Mapping[ExchangeStatus, tuple[Any, str]]) -> dict[str, Any]:
    """The exchange that is wanted for pieces: what, and where it stands."""
    word, tone = words[ExchangeStatus(one.status)]
    return {
        "number": one.number,
        "name": piece_name(one),
        "word": str(word),
        "tone": tone,
        "open": one.status in OPEN_EXCHANGES,
        "unpaid": one.status == ExchangeStatus.UNPAID,
        "payable": one.payable,
        "pay_until": one.pay_until,
        "off": one.status == ExchangeStatus.OFF,
        "difference": one.difference,
    }


def count_words(count: int) -> str:
    """For the navigation of the desk."""
    return ngettext("%(num)s return to look at", "%(num)s returns to look at", count)

"""Messages on pages below: the shopper's order, the staff's, the account, the desk's queue."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job
from storefront.messages.models import ConversationStatus
from storefront.messages.policy import UNPAID
from storefront.messages.queries import last_about, staff_conversations
from storefront.orders.models import Order

IN_SHORT = 90


def on_order(order: Order, **_named: Any) -> str:
    """The last word about the order, and the way to say one."""
    if order.status in UNPAID:
        return ""
    return render_template(
        "storefront/messages/on_order.html",
        order=order,
        last=last_about(order.id),
    )


def on_staff_order(order: Order, **_named: Any) -> str:
    """The same from the other side of the counter."""
    last = last_about(order.id)
    if last is None and not order.email:
        return ""
    return render_template("storefront/messages/staff/on_order.html", order=order, last=last)


def queue() -> list[Job]:
    """Shoppers who wait for a word, who waited longest first."""
    account = current_account()
    if account is None or Permission.ORDERS_VIEW not in account.permissions:
        return []
    return [
        Job(
            kind=_("Message"),
            what=_("%(name)s about %(number)s", name=one.order.name, number=one.order.number),
            href=url_for("messages_staff.conversation", number=one.order.number),
            since=one.since,
            note=in_short(last.words),
            action=_("Answer it"),
        )
        for one, last in staff_conversations(ConversationStatus.WAITING, 1)[0]
    ]


def in_short(words: str) -> str:
    """The beginning of a message, in one line."""
    line = " ".join(words.split())
    return line if len(line) <= IN_SHORT else line[:IN_SHORT].rsplit(" ", 1)[0] + " …"


def count_words(count: int) -> str:
    """For the navigation of the desk."""
    return ngettext("%(num)s shopper waits for a word", "%(num)s shoppers wait for a word", count)

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.messages import actions
from storefront.messages.forms import MessageForm, fresh_form
from storefront.messages.models import ConversationStatus
from storefront.messages.panels import in_short
from storefront.messages.queries import PAGE_SIZE, conversation_of, staff_conversations
from storefront.orders.models import Order
from storefront.orders.queries import order_by_number

bp = Blueprint("messages_staff", __name__, url_prefix="/staff/messages")


@bp.get("")
@permitted(Permission.ORDERS_VIEW)
def conversations() -> str:
    """Who waits for a word, then what was answered and what is closed."""
    wanted, page = request.args.get("status", ""), page_number()
    known = wanted in list(ConversationStatus)
    status = ConversationStatus(wanted) if known else ConversationStatus.WAITING
    found, counts = staff_conversations(status, page)
    not_beyond(page, found)
    words = {
        ConversationStatus.WAITING: _("Wait for a word"),
        ConversationStatus.ANSWERED: _("Answered"),
        ConversationStatus.CLOSED: _("Closed ones"),
    }
    return render_template(
        "storefront/messages/staff/conversations.html",
        rows=[(one, in_short(last.words)) for one, last in found],
        status=status,
        tabs=tabs(
            words, status, lambda key: url_for("messages_staff.conversations", status=str(key)), counts
        ),
        page=page,
        pages=pages_of(counts[status], PAGE_SIZE),
    )


@bp.get("/<number>")
@permitted(Permission.ORDERS_VIEW)
def conversation(number: str) -> str:
    """All that was written about one order, and the answer."""
    return _page(order_by_number(number), fresh_form())


@bp.post("/<number>")
@permitted(Permission.ORDERS_HAND_OVER)
def answer(number: str) -> Response | tuple[str, int]:
    """Write to the shopper of an order."""
    order, form = order_by_number(number), MessageForm()
    if not form.validate():
        return _page(order, form), REFUSED
    actions.answer(actor=current_staff(), order=order, words=form.words.data, form_key=form.form_key.data)
    flash(_("Your answer is on its way to %(name)s.", name=order.name), "good")
    return redirect(url_for("messages_staff.conversation", number=order.number), code=303)


@bp.post("/<number>/close")
@permitted(Permission.ORDERS_HAND_OVER)
def close(number: str) -> Response:
    """Nothing is left to say."""
    order = order_by_number(number)
    actions.close(actor=current_staff(), order=order)
    flash(_("Closed. It opens again when the shopper writes."), "good")
    return redirect(url_for("messages_staff.conversations"), code=303)


def _page(order: Order, form: MessageForm) -> str:
    return render_template(
        "storefront/messages/staff/conversation.html",
        order=order,
        conversation=conversation_of(order.id),
        form=form,
    )

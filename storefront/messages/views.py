from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.limits.actions import spend_try
from foundation.mail.queries import letters_to
from foundation.privacy.chapters import person_of
from foundation.web.fields import REFUSED
from storefront.messages import actions
from storefront.messages.forms import MessageForm, fresh_form
from storefront.messages.panels import in_short
from storefront.messages.queries import conversation_of, conversations_of
from storefront.orders.models import Order
from storefront.orders.queries import order_by_token

bp = Blueprint("messages", __name__)
AN_HOUR = timedelta(hours=1)


@bp.get("/orders/<token>/messages")
@public
def about(token: str) -> Response:
    """All that was written about an order, and the form, for whoever holds its secret address."""
    return _page(order_by_token(token), fresh_form())


@bp.post("/orders/<token>/messages")
@public
def write(token: str) -> Response | tuple[Response, int]:
    """Write to the shop about an order."""
    order, form = order_by_token(token), MessageForm()
    if not form.validate():
        return _page(order, form), REFUSED
    spend_try(purpose="message", subject=str(order.id), limit=20, per=AN_HOUR)
    spend_try(purpose="message-from", subject=str(request.remote_addr), limit=40, per=AN_HOUR)
    actions.write_to_shop(
        actor=current_person(), order=order, words=form.words.data, form_key=form.form_key.data
    )
    flash(_("Your message is here. We answer by a letter, and on this page."), "good")
    return redirect(url_for("messages.about", token=token), code=303)


@bp.get("/account/messages")
@signed_in
def mine() -> Response:
    """What was written about one's orders, and the letters of the last ninety days."""
    account = current_account()
    assert account is not None
    email = person_of(account).email
    return _private(
        "storefront/messages/mine.html",
        conversations=conversations_of(account.id),
        letters=letters_to(email) if email else [],
        proven=email is not None,
        in_short=in_short,
    )


def _page(order: Order, form: MessageForm) -> Response:
    return _private(
        "storefront/messages/about.html", order=order, conversation=conversation_of(order.id), form=form
    )


def _private(template: str, **values: object) -> Response:
    """A page with secret addresses on it: kept by nobody on the way."""
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

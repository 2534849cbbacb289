from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_person, public
from storefront.fulfilment.actions import cancel
from storefront.orders.queries import order_by_token

bp = Blueprint("fulfilment", __name__)


@bp.post("/orders/<token>/cancel")
@public
def call_off(token: str) -> Response:
    """Call an order off, for whoever holds its secret address; pressed twice it is one refund."""
    order = order_by_token(token)
    cancel(actor=current_person(), order_id=order.id)
    flash(_("Your order is called off. Everything goes back the way it was paid."), "good")
    return redirect(url_for("orders.show", token=token), code=303)

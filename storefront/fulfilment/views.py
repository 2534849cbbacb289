from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_person, public
from foundation.db import all_or_nothing
from foundation.errors import Conflict
from storefront.fulfilment.actions import cancel
from storefront.orders.queries import order_by_token

bp = Blueprint("fulfilment", __name__)


@bp.post("/orders/<token>/cancel")
@public
def call_off(token: str) -> Response:
    """Call an order off, for whoever holds its secret address; pressed twice it is one refund. When somebody
    was faster, the order says so and how it stands now."""
    order = order_by_token(token)
    try:
        with all_or_nothing():
            cancel(actor=current_person(), order_id=order.id)
    except Conflict as problem:
        flash(str(problem), "warn")
    else:
        off = _("Your order is called off. Everything goes back the way it was paid.")
        flash(_("Your order is called off. Nothing was charged.") if order.costs_nothing else off, "good")
    return redirect(url_for("orders.show", token=token), code=303)

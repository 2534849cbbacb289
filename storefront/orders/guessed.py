"""Addresses that people guess for their orders: they lead to where the orders are."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from foundation.accounts.guards import public

bp = Blueprint("guessed", __name__)


@bp.get("/orders")
@bp.get("/account/order")
@bp.get("/account/orders")
@public
def orders() -> Response:
    """The page of the account, which asks strangers who they are."""
    return redirect(url_for("accounts.home", _anchor="orders"))

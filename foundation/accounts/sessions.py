"""Flask-Login, told how to find the reader, and the pages of an account."""

from __future__ import annotations

from flask import Flask, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager
from werkzeug.wrappers import Response as Answer

from foundation.accounts import again, cli, confirm, new_email_views, views
from foundation.accounts.guards import current_account
from foundation.accounts.queries import account_of_session
from foundation.web import navigation
from foundation.web.navigation import Entry
from foundation.web.redirects import own_path

login_manager = LoginManager()
login_manager.session_protection = "basic"
login_manager.user_loader(account_of_session)


@login_manager.unauthorized_handler
def ask_to_sign_in() -> Answer:
    """Send the reader to the door, and from there back to the page they were on.

    A form has no page at its own address: whoever sent one comes back to where it stood. A part of a page is
    answered by an order to leave the page, because htmx would put the door where the part was.
    """
    flash(_("Please sign in. You go on where you wanted to go."))
    part = "HX-Request" in request.headers
    back = request.headers.get("HX-Current-URL") if part else request.referrer
    wanted = request.url if request.method in {"GET", "HEAD"} and not part else back or ""
    door = url_for("accounts.sign_in", next=own_path(wanted, request.host))
    return Response(status=401, headers={"HX-Redirect": door}) if part else redirect(door)


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    app.register_blueprint(views.bp)
    app.register_blueprint(confirm.bp)
    app.register_blueprint(again.bp)
    app.register_blueprint(new_email_views.bp)
    cli.init_app(app)
    for order, entry in enumerate(ENTRIES):
        navigation.add(app, "account", entry, order=order)
    navigation.add(app, "account.rooms", SETTINGS, order=70)


def _signed_in() -> bool:
    return current_account() is not None


def _signed_out() -> bool:
    return current_account() is None


ENTRIES = (
    Entry(_l("Sign in"), "accounts.sign_in", shown=_signed_out),
    Entry(
        _l("Account"),
        "accounts.home",
        shown=_signed_in,
        belongs=("accounts.settings", "privacy.", "second_factor."),
    ),
    Entry(_l("Sign out"), "accounts.sign_out", shown=_signed_in, method="post"),
)
SETTINGS = Entry(
    _l("Name and password"),
    "accounts.settings",
    belongs=("accounts.change_details", "accounts.change_password"),
)

"""Flask-Login, told how to find the reader, and the pages of an account."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager

from foundation.accounts import cli, confirm, views
from foundation.accounts.guards import current_account
from foundation.accounts.queries import account_of_session
from foundation.web import navigation
from foundation.web.navigation import Entry

login_manager = LoginManager()
login_manager.login_view = "accounts.sign_in"
login_manager.session_protection = "basic"
# Said in the language of whoever reads it, not of whoever started the program: hence the localising.
login_manager.login_message = _l("Please sign in. You go on where you wanted to go.")
login_manager.localize_callback = str
login_manager.user_loader(account_of_session)


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    app.register_blueprint(views.bp)
    app.register_blueprint(confirm.bp)
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

"""Flask-Login, told how to find the reader."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager

from foundation.accounts.queries import account_of_session

login_manager = LoginManager()
login_manager.login_view = "accounts.sign_in"
login_manager.session_protection = "basic"
login_manager.user_loader(account_of_session)


def init_app(app: Flask) -> None:
    login_manager.init_app(app)

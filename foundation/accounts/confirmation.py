"""Whether this session showed its second factor, or its password, lately. Machine time, like the codes
themselves.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from foundation import clock
from foundation.accounts.models import Account
from foundation.web.redirects import own_path

CONFIRMED_FOR = timedelta(minutes=15)
KEY = "second_factor_at"
PASSWORD_KEY = "password_at"


def note_confirmed(account: Account) -> None:
    """Keep whose code it was: the next person at this browser shows their own."""
    _note(KEY, account)


def recently_confirmed(account: Account) -> bool:
    """Whether this account's code was accepted in this session in the last quarter of an hour."""
    return _noted_lately(KEY, account)


def note_password(account: Account) -> None:
    """Keep that this account's password was typed in this session."""
    _note(PASSWORD_KEY, account)


def password_typed_lately(account: Account) -> bool:
    """Whether this account's password was typed in this session in the last quarter of an hour."""
    return _noted_lately(PASSWORD_KEY, account)


def _note(key: str, account: Account) -> None:
    session[key] = [account.get_id(), clock.machine().isoformat()]


def _noted_lately(key: str, account: Account) -> bool:
    noted = session.get(key)
    if not isinstance(noted, list) or len(noted) != 2 or noted[0] != account.get_id():
        return False
    return clock.machine() - datetime.fromisoformat(noted[1]) < CONFIRMED_FOR


def ask() -> Response:
    """Send the reader to confirm and back: to this page, or to the page whose form was refused."""
    return _to("second_factor.confirm", "/staff")


def ask_password() -> Response:
    """The same for the password, which whoever stays signed in for months types again before some acts."""
    return _to("again.password", "/account")


def _to(door: str, home: str) -> Response:
    back = request.full_path if request.method == "GET" else (request.referrer or home)
    return redirect(url_for(door, next=own_path(back, request.host)), code=303)

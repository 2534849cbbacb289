"""Whether this session showed its second factor lately. Machine time, like the codes themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from foundation import clock
from foundation.accounts.models import Account
from foundation.web.redirects import own_path

CONFIRMED_FOR = timedelta(minutes=15)
KEY = "second_factor_at"


def note_confirmed(account: Account) -> None:
    """Keep whose code it was: the next person at this browser shows their own."""
    session[KEY] = [account.get_id(), clock.machine().isoformat()]


def recently_confirmed(account: Account) -> bool:
    """Whether this account's code was accepted in this session in the last quarter of an hour."""
    noted = session.get(KEY)
    if not isinstance(noted, list) or len(noted) != 2 or noted[0] != account.get_id():
        return False
    return clock.machine() - datetime.fromisoformat(noted[1]) < CONFIRMED_FOR


def ask() -> Response:
    """Send the reader to confirm and back: to this page, or to the page whose form was refused."""
    back = request.full_path if request.method == "GET" else (request.referrer or "/staff")
    return redirect(url_for("second_factor.confirm", next=own_path(back, request.host)), code=303)

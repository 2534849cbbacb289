"""The password once more, before an act that a browser left open must not do."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask import redirect as to
from werkzeug.wrappers import Response

from foundation.accounts.confirmation import note_password
from foundation.accounts.errors import WrongPassword
from foundation.accounts.forms import PasswordAgainForm
from foundation.accounts.guards import current_account, signed_in
from foundation.accounts.passwords import matches
from foundation.errors import Forbidden
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from foundation.web.redirects import own_path

bp = Blueprint("again", __name__, url_prefix="/account/again")

A_QUARTER = timedelta(minutes=15)


@bp.route("", methods=["GET", "POST"])
@signed_in
def password() -> Response | tuple[str, int] | str:
    """Ask for it; then back to where it was wanted. Ten tries a quarter of an hour."""
    form, account = PasswordAgainForm(), current_account()
    if account is None:
        raise Forbidden()
    wanted = request.values.get("next", "")
    if form.validate_on_submit():
        spend_try(purpose="password", subject=str(account.id), limit=10, per=A_QUARTER)
        if matches(account.password_hash, form.password.data):
            note_password(account)
            return to(own_path(wanted or "/account", request.host), code=303)
        form.password.errors = (str(WrongPassword()),)
    page = render_template("foundation/accounts/again.html", form=form, next=wanted)
    return (page, REFUSED) if request.method == "POST" else page

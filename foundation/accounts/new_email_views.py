"""The pages of another e-mail address: ask for it, and prove it by the link."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_user
from werkzeug.wrappers import Response

from foundation.accounts import new_email
from foundation.accounts.errors import AddressTaken, LinkExpired, SameAddress, WrongPassword
from foundation.accounts.forms import ChangePasswordForm, NewEmailForm
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.accounts.queries import email_link_works
from foundation.accounts.views import details_of, settings_page
from foundation.errors import Forbidden
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED

bp = Blueprint("new_email", __name__, url_prefix="/account/email")

A_QUARTER = timedelta(minutes=15)
AN_HOUR = timedelta(hours=1)
GONE = 410


@bp.post("")
@signed_in
def ask() -> Response | tuple[str, int]:
    """The answer is the same for an address that has an account and for one that has none."""
    form, account = NewEmailForm(), current_account()
    if account is None:
        raise Forbidden()
    spend_try(purpose="password", subject=str(account.id), limit=10, per=A_QUARTER)
    if form.validate_on_submit():
        spend_try(purpose="new-email", subject=str(account.id), limit=5, per=AN_HOUR)
        spend_try(purpose="new-email-to", subject=str(form.email.data).lower(), limit=3, per=AN_HOUR)
        try:
            new_email.request_email(
                actor=current_person(), account=account, email=form.email.data, password=form.proof.data
            )
        except WrongPassword as problem:
            form.proof.errors = (str(problem),)
        except SameAddress as problem:
            form.email.errors = (str(problem),)
        else:
            told = _(
                "We wrote to %(email)s. Your address changes once the link in that letter is opened.",
                email=form.email.data,
            )
            flash(told)
            return redirect(url_for("accounts.settings"), code=303)
    return settings_page(details_of(account), ChangePasswordForm(formdata=None), form), REFUSED


@bp.route("/<token>", methods=["GET", "POST"])
@public
def prove(token: str) -> Response | tuple[str, int] | str:
    """Opening the link only shows a button: mail programs open links to look at them."""
    if not email_link_works(token):
        return _used_up()
    if request.method == "GET":
        return render_template("foundation/accounts/new_email.html")
    reader = current_account()
    try:
        account = new_email.change_email(token=token)
    except LinkExpired:
        return _used_up()
    except AddressTaken as problem:
        flash(str(problem), "warn")
        return redirect(url_for("accounts.settings"), code=303)
    told = _("Your address is %(email)s now. You are signed out everywhere else.", email=account.email)
    flash(told, "good")
    if reader is not None and reader.id == account.id:
        login_user(account)
        return redirect(url_for("accounts.settings"), code=303)
    return redirect(url_for("accounts.sign_in"), code=303)


def _used_up() -> tuple[str, int]:
    return render_template("foundation/accounts/new_email_used.html"), GONE

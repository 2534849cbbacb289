"""The second factor's pages: enrol once, confirm before money moves."""

from __future__ import annotations

import io
from datetime import timedelta

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from foundation.accounts import actions, second_factor
from foundation.accounts.confirmation import note_confirmed
from foundation.accounts.errors import WrongCode
from foundation.accounts.forms import CodeForm
from foundation.accounts.guards import current_account, current_person, signed_in
from foundation.accounts.models import Account
from foundation.errors import Forbidden, NotFound
from foundation.limits.actions import spend_try
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.redirects import own_path

bp = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")


@bp.route("/", methods=["GET", "POST"])
@signed_in
def confirm() -> BaseResponse | tuple[str, int] | str:
    account, form = _reader(), CodeForm()
    if account.second_factor_secret is None:
        return redirect(url_for("second_factor.enrol", next=request.values.get("next", "")), code=303)
    if form.validate_on_submit():
        spend_try(purpose="code", subject=str(account.id), limit=10, per=timedelta(minutes=15))
        try:
            actions.use_second_factor(actor=current_person(), account=account, code=form.code.data)
        except WrongCode as problem:
            form.code.errors = (str(problem),)
        else:
            note_confirmed(account)
            flash(_("Confirmed for fifteen minutes."))
            return redirect(own_path(request.values.get("next", "") or "/staff", request.host), code=303)
    page = render_template(
        "foundation/accounts/second_factor.html",
        form=form,
        next=request.values.get("next", ""),
        enrolled=account.second_factor_confirmed_at is not None,
        secret=account.second_factor_secret if account.second_factor_confirmed_at is None else None,
        # The demo's known log-ins have no phone: the code stands on the page, in the demo alone.
        demo_code=second_factor.present_code(account.second_factor_secret) if current().demo else None,
    )
    return (page, REFUSED) if request.method == "POST" else page


@bp.route("/enrol", methods=["GET", "POST"])
@signed_in
def enrol() -> BaseResponse | str:
    if request.method == "GET":
        return render_template("foundation/accounts/enrol.html", next=request.values.get("next", ""))
    actions.begin_second_factor(actor=current_person(), account=_reader())
    return redirect(url_for("second_factor.confirm", next=request.values.get("next", "")), code=303)


@bp.get("/qr.svg")
@signed_in
def qr() -> Response:
    """The secret as a QR code, only until it was confirmed once."""
    account = _reader()
    if account.second_factor_secret is None or account.second_factor_confirmed_at is not None:
        raise NotFound()
    uri = second_factor.enrolment_uri(account.second_factor_secret, account.email, current().shop_name)
    drawing = io.BytesIO()
    segno.make(uri).save(drawing, kind="svg", scale=5, border=4, light="#fff")
    return Response(drawing.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


def _reader() -> Account:
    account = current_account()
    if account is None:
        raise Forbidden()
    return account

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from foundation.accounts import actions
from foundation.accounts.confirmation import note_password
from foundation.accounts.errors import AddressTaken, LinkExpired, WrongCredentials, WrongPassword
from foundation.accounts.forms import (
    ChangePasswordForm,
    DetailsForm,
    ForgottenForm,
    NewEmailForm,
    NewPasswordForm,
    SignInForm,
    SignUpForm,
)
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.accounts.models import Account
from foundation.accounts.queries import reset_link_works, verify_link_works
from foundation.errors import Forbidden
from foundation.i18n import reader_language
from foundation.limits.actions import spend_try
from foundation.web import navigation
from foundation.web.fields import REFUSED
from foundation.web.redirects import own_path

bp = Blueprint("accounts", __name__, url_prefix="/account")

A_QUARTER = timedelta(minutes=15)
AN_HOUR = timedelta(hours=1)
GONE = 410


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | tuple[str, int] | str:
    """Ten tries a quarter of an hour for an address, thirty for a connection."""
    form = SignInForm()
    if form.validate_on_submit():
        spend_try(purpose="sign-in", subject=str(form.email.data).lower(), limit=10, per=A_QUARTER)
        spend_try(purpose="sign-in-from", subject=str(request.remote_addr), limit=30, per=A_QUARTER)
        try:
            account = actions.check_credentials(email=form.email.data, password=form.password.data)
        except WrongCredentials as problem:
            form.password.errors = (str(problem),)
        else:
            login_user(account)
            note_password(account)
            return redirect(_next_page(), code=303)
    return _page("sign_in.html", form)


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> Response | tuple[str, int] | str:
    form = SignUpForm()
    if form.validate_on_submit():
        spend_try(purpose="sign-up-from", subject=str(request.remote_addr), limit=20, per=AN_HOUR)
        try:
            account = actions.sign_up(
                actor=current_person(),
                email=form.email.data,
                password=form.password.data,
                name=form.name.data,
                language=reader_language(),
            )
        except AddressTaken as problem:
            form.email.errors = (str(problem),)
        else:
            login_user(account)
            note_password(account)
            flash(_("Welcome, %(name)s. We sent you a link to confirm your address.", name=account.name))
            return redirect(_next_page(), code=303)
    return _page("sign_up.html", form)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    logout_user()
    session.pop("second_factor_at", None)
    flash(_("You are signed out."))
    return _leaving_nothing(redirect("/", code=303))


@bp.route("/verify/<token>", methods=["GET", "POST"])
@public
def verify(token: str) -> Response | tuple[str, int] | str:
    """Opening the link only shows a button: mail programs open links to look at them."""
    if not verify_link_works(token):
        return render_template("foundation/accounts/verify_used.html"), GONE
    if request.method == "GET":
        return render_template("foundation/accounts/verify.html")
    actions.verify_email(token=token)
    flash(_("Thank you. Your address is confirmed."))
    return redirect(url_for("accounts.home"), code=303)


@bp.post("/verify/again")
@signed_in
def verify_again() -> Response:
    account = _reader()
    spend_try(purpose="verify", subject=str(account.id), limit=3, per=AN_HOUR)
    actions.send_verification(account=account)
    flash(_("We sent the link again to %(email)s.", email=account.email))
    return redirect(url_for("accounts.home"), code=303)


@bp.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Response | tuple[str, int] | str:
    """The answer is the same for a known and an unknown address."""
    form = ForgottenForm()
    if form.validate_on_submit():
        spend_try(purpose="reset", subject=str(form.email.data).lower(), limit=3, per=AN_HOUR)
        spend_try(purpose="reset-from", subject=str(request.remote_addr), limit=20, per=AN_HOUR)
        actions.request_reset(email=form.email.data)
        flash(_("If there is an account for %(email)s, a link is on its way.", email=form.email.data))
        return redirect(url_for("accounts.sign_in"), code=303)
    return _page("forgotten.html", form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> Response | tuple[str, int] | str:
    """A link that is used up says so at once, with the form that asks for a new one."""
    form = NewPasswordForm()
    if not reset_link_works(token):
        return _used_up()
    if form.validate_on_submit():
        try:
            account = actions.reset_password(token=token, password=form.password.data)
        except LinkExpired:
            return _used_up()
        login_user(account)
        flash(_("Your new password is set, and you are signed out everywhere else."))
        return redirect(url_for("accounts.home"), code=303)
    return _page("reset.html", form)


@bp.get("/")
@signed_in
def home() -> str:
    """Where an account opens: what it ordered, and the way to its other rooms."""
    return render_template("foundation/accounts/home.html", account=_reader())


@bp.get("/details")
@signed_in
def settings() -> str:
    """Name, address, language, password and devices."""
    return settings_page(details_of(_reader()), ChangePasswordForm())


@bp.post("/details")
@signed_in
def change_details() -> Response | tuple[str, int]:
    form = DetailsForm()
    if not form.validate_on_submit():
        return settings_page(form, ChangePasswordForm(formdata=None)), REFUSED
    actions.change_details(
        actor=current_person(), account=_reader(), name=form.name.data, language=form.language.data
    )
    flash(_("Saved."))
    return redirect(url_for("accounts.settings"), code=303)


@bp.post("/password")
@signed_in
def change_password() -> Response | tuple[str, int]:
    form, account = ChangePasswordForm(), _reader()
    spend_try(purpose="password", subject=str(account.id), limit=10, per=A_QUARTER)
    if form.validate_on_submit():
        try:
            actions.change_password(
                actor=current_person(), account=account, present=form.present.data, new=form.password.data
            )
        except WrongPassword as problem:
            form.present.errors = (str(problem),)
        else:
            login_user(account)
            flash(_("Your new password is set, and you are signed out everywhere else."))
            return redirect(url_for("accounts.settings"), code=303)
    return settings_page(details_of(account), form), REFUSED


@bp.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    actions.sign_out_everywhere(actor=current_person(), account=_reader())
    logout_user()
    flash(_("You are signed out on every device."))
    return _leaving_nothing(redirect(url_for("accounts.sign_in"), code=303))


def _leaving_nothing(response: Response) -> Response:
    """Let the browser forget what pages kept in it: the next person at this device is another one."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def details_of(account: Account) -> DetailsForm:
    """The details form as it stands, whatever was just sent to another form of the page."""
    return DetailsForm(formdata=None, name=account.name, language=account.language)


def _page(template: str, form: object) -> tuple[str, int] | str:
    page = render_template(f"foundation/accounts/{template}", form=form, next=request.values.get("next", ""))
    return (page, REFUSED) if request.method == "POST" else page


def _used_up() -> tuple[str, int]:
    return render_template("foundation/accounts/reset_used.html", form=ForgottenForm(formdata=None)), GONE


def settings_page(
    details: DetailsForm, password: ChangePasswordForm, email: NewEmailForm | None = None
) -> str:
    """The page with its three forms, one of which may have been refused."""
    return render_template(
        "foundation/accounts/settings.html",
        account=_reader(),
        details=details,
        password=password,
        email=email or NewEmailForm(formdata=None),
    )


def _next_page() -> str:
    """Where they wanted to go, else the first room they work in, else their account."""
    wished = request.values.get("next", "")
    if wished:
        return own_path(wished, request.host)
    rooms = navigation.items("rooms")
    return rooms[0].href if rooms else url_for("accounts.home")


def _reader() -> Account:
    account = current_account()
    if account is None:
        raise Forbidden()
    return account

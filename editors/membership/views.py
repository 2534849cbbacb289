"""The programme page, the application, and the window of each editor."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from editors.membership import actions, errors, policy, queries
from editors.membership.forms import ApplicationForm
from editors.membership.guards import editor_here
from editors.membership.models import ApplicationStatus
from editors.membership.outfit import Outfit, outfit_of
from foundation import clock
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.web.fields import REFUSED

bp = Blueprint("membership", __name__)


@bp.get("/editors/apply")
@public
def apply() -> Any:
    """The programme and, for whoever is signed in, its form."""
    account = current_account()
    if account is None:
        return render_template("editors/membership/apply.html", step="account")
    if editor_here() is not None:
        return redirect(url_for("studio.today"))
    last = queries.last_application(account.id)
    if last is not None and last.status == ApplicationStatus.APPLIED:
        return redirect(url_for("membership.sent"))
    declined_at = queries.last_decline(account.id)
    again_from = policy.ask_again_from(declined_at) if declined_at else None
    if again_from is not None and clock.now() < again_from:
        return render_template("editors/membership/apply.html", step="wait", again_from=again_from, last=last)
    form = ApplicationForm(formdata=None, data={"name": account.name})
    return _form_page(form, outfit_of(MultiDict()))


@bp.post("/editors/apply")
@signed_in
def send_application() -> Any:
    """Hand the application in; the buttons of the outfit only bring the form back as it stands."""
    account = current_account()
    assert account is not None
    form = ApplicationForm()
    outfit = outfit_of(request.form)
    if request.form.get("do") != "send":
        return _form_page(form, outfit)
    if not form.validate():
        return _form_page(form, outfit), REFUSED
    try:
        actions.apply(
            actor=current_person(),
            account_id=account.id,
            name=form.name.data,
            city=form.city.data,
            words=form.words.data,
            handle_wish=form.handle_wish.data,
            answers={"pieces": outfit.ids, "skills": form.skills.data or []},
        )
    except errors.ApplicationWaits as waits:
        flash(str(waits), "warn")
        return redirect(url_for("membership.sent"), code=303)
    except errors.AlreadyAnEditor:
        return redirect(url_for("studio.today"), code=303)
    return redirect(url_for("membership.sent"), code=303)


@bp.get("/editors/apply/sent")
@signed_in
def sent() -> Any:
    """What happens next, for whoever has handed something in."""
    account = current_account()
    assert account is not None
    application = queries.last_application(account.id)
    if application is None:
        return redirect(url_for("membership.apply"))
    return render_template(
        "editors/membership/sent.html",
        application=application,
        due=policy.answer_due(application.applied_at),
        again_from=policy.ask_again_from(application.decided_at) if application.decided_at else None,
        editor=editor_here(),
    )


@bp.post("/editors/apply/sent/withdraw")
@signed_in
def withdraw() -> Response:
    account = current_account()
    assert account is not None
    application = queries.last_application(account.id)
    if application is None:
        raise errors.NoSuchApplication()
    actions.withdraw(actor=current_person(), application_id=application.id)
    flash(gettext("Taken back. You can apply again whenever you like."), "good")
    return redirect(url_for("membership.apply"), code=303)


@bp.get("/editors/how-commission-works")
@public
def how_commission_works() -> str:
    return render_template("editors/membership/how_commission_works.html")


def _form_page(form: ApplicationForm, outfit: Outfit) -> str:
    return render_template("editors/membership/apply.html", step="form", form=form, outfit=outfit)

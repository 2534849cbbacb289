"""The programme page, the application, and the window of each editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.wrappers import Response

from editors.membership import actions, errors, policy, queries
from editors.membership.automatic import approve_by_rules
from editors.membership.counting import BEGUN, count
from editors.membership.forms import ApplicationForm
from editors.membership.guards import editor_here
from editors.membership.models import ApplicationStatus
from editors.membership.outfit import Outfit, outfit_of
from editors.questions.answering import answered, asking, field_name, files_in, with_files
from editors.questions.models import Question
from editors.questions.queries import questions_asked
from editors.review.policy import ask_again_from
from editors.review.queries import rules
from foundation import clock
from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.accounts.queries import account_by_id
from foundation.db import in_steps, leave_transaction, unit_of_work, writes
from foundation.files.private import FileRefused, keep_private
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from foundation.web.readers import counts
from foundation.web.uploads import MEGABYTE, takes_files

bp = Blueprint("membership", __name__)

LARGEST = 32 * MEGABYTE
AN_HOUR = timedelta(hours=1)


@bp.get("/editors/apply")
@public
@writes
def apply() -> Any:
    """The programme and, for whoever is signed in, its form."""
    account = current_account()
    if account is None:
        return render_template("editors/membership/apply.html", step="account", days=rules().ask_again_days)
    if editor_here() is not None:
        return redirect(url_for("studio.today"))
    last = queries.last_application(account.id)
    if last is not None and last.status == ApplicationStatus.APPLIED:
        return redirect(url_for("membership.sent"))
    declined_at = queries.last_decline(account.id)
    days = rules().ask_again_days
    again_from = ask_again_from(declined_at, days) if declined_at else None
    if again_from is not None and clock.now() < again_from:
        return render_template(
            "editors/membership/apply.html", step="wait", again_from=again_from, last=last, days=days
        )
    if BEGUN not in session and counts(request.method, request.headers.get):
        session[BEGUN] = True  # once in a session of somebody who is signed in; no name is kept beside it
        count(BEGUN)
    asked = questions_asked()
    form = asking(ApplicationForm, asked)(formdata=None, data={"name": account.name})
    return _form_page(form, asked, outfit_of(MultiDict()))


@bp.post("/editors/apply")
@signed_in
@takes_files(LARGEST)
@in_steps
def send_application() -> Any:
    """Hand the application in; the buttons of the outfit only bring the form back as it stands."""
    account = current_account()
    assert account is not None
    asked = questions_asked()
    form = asking(ApplicationForm, asked)()
    outfit = outfit_of(request.form)
    if request.form.get("do") != "send":
        return _form_page(form, asked, outfit)
    files = files_in(form, asked)
    if not form.validate():
        _ask_for_files_again(form, asked, files)
        return _form_page(form, asked, outfit), REFUSED
    spend_try(purpose="application", subject=str(account.id), limit=30, per=AN_HOUR)
    said, person = answered(form, asked), current_person()
    leave_transaction()  # writing a picture again takes a second, and it may be kept on another machine
    keys = _keep(form, asked, files)
    if form.errors:
        account_by_id(person.account_id or 0)  # the frame of the page asks what its reader may do
        # Read again, with their pictures: what was read lies beyond the end of its transaction.
        return _form_page(form, questions_asked(), outfit_of(request.form)), REFUSED
    try:
        with unit_of_work():
            application = actions.apply(
                actor=person,
                account_id=account.id,
                name=form.name.data,
                city=form.city.data,
                words=form.words.data,
                handle_wish=form.handle_wish.data,
                answers={"pieces": outfit.ids},
                said=with_files(said, keys),
            )
            approve_by_rules(application)
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
    decided_at = application.decided_at
    again_from = ask_again_from(decided_at, rules().ask_again_days) if decided_at else None
    return render_template(
        "editors/membership/sent.html",
        application=application,
        due=policy.answer_due(application.applied_at),
        again_from=again_from,
        may_apply=again_from is not None and again_from <= clock.now(),
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


def _form_page(form: ApplicationForm, asked: Sequence[Question], outfit: Outfit) -> str:
    return render_template(
        "editors/membership/apply.html",
        step="form",
        form=form,
        asked=[(form[field_name(question)], question) for question in asked],
        outfit=outfit,
        days=rules().ask_again_days,
    )


def _ask_for_files_again(
    form: ApplicationForm, asked: Sequence[Question], files: Mapping[int, FileStorage]
) -> None:
    """A browser does not keep a chosen file: whoever has to look at the form again is told."""
    for question in asked:
        if question.id in files:
            field = form[field_name(question)]
            field.errors = (*field.errors, gettext("Choose your file again: a browser does not keep it."))


def _keep(
    form: ApplicationForm, asked: Sequence[Question], files: Mapping[int, FileStorage]
) -> dict[int, str]:
    """Keep the files for staff alone; what cannot be is said beside its field."""
    kept = {}
    for question_id, file in files.items():
        try:
            kept[question_id] = keep_private(file.read(), file.filename or "")
        except FileRefused as refused:
            field = next(form[field_name(one)] for one in asked if one.id == question_id)
            field.errors = (*field.errors, str(refused))
    if form.errors:
        _ask_for_files_again(form, asked, {one: file for one, file in files.items() if one in kept})
    return kept

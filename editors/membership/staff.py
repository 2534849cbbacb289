"""Staff: applications decided in place, and who is an editor."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from editors.membership import actions, errors, policy, queries, standing
from editors.membership.forms import AppealAnswerForm, DecisionForm, NoteForm
from editors.membership.models import Application, ApplicationStatus, EditorStatus
from editors.review.queries import reasons_offered
from foundation import clock
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.errors import NotFound, Problem
from foundation.files import storage
from foundation.files.keys import type_of
from foundation.states import IllegalMove
from foundation.web.fields import REFUSED
from foundation.web.numbers import asked_number, sent_numbers
from foundation.web.reasons import ReasonForm
from storefront.catalog.queries import products_by_ids

bp = Blueprint("membership_staff", __name__, url_prefix="/staff")

ACTS = {
    "pause": (standing.pause, _l("%(name)s rests now. Their links count nothing until you let them go on.")),
    "resume": (standing.resume, _l("%(name)s is back.")),
    "remove": (standing.remove, _l("%(name)s is no longer a style editor. What they earned stays theirs.")),
    "lead": (standing.appoint_lead, _l("%(name)s leads the programme now.")),
}


@bp.get("/applications")
@permitted(Permission.APPLICATIONS_DECIDE)
def applications() -> Any:
    """The queue, oldest first, with one open to be decided in place."""
    return _queue(asked_number("open"))


@bp.post("/applications/<int:application_id>")
@permitted(Permission.APPLICATIONS_DECIDE)
def decide(application_id: int) -> Any:
    form = _decision_form()
    application = queries.application_by_id(application_id)
    if application is None:
        raise errors.NoSuchApplication()
    if application.status != ApplicationStatus.APPLIED:
        return _had_an_answer(application)  # before the form comes back: it would stand under somebody else
    approve = request.form.get("do") == "yes"
    valid = _says_why(form, approve)
    if not valid:
        return _queue(application_id, form), REFUSED
    try:
        editor = actions.decide(
            actor=current_staff(),
            application_id=application_id,
            approve=approve,
            reply=form.reply.data,
            reason=form.reason.data,
            reason_id=form.chosen_reason,
            handle=form.handle.data or None,
        )
    except (errors.HandleTaken, errors.HandleUnfit, errors.HandleReserved) as refused:
        form.handle.errors = (str(refused),)
        return _queue(application_id, form), refused.status
    except IllegalMove:
        return _had_an_answer(application)
    if editor is not None:
        flash(
            gettext("%(name)s is a style editor now, at @%(handle)s. Your words are on their way.",
                    name=editor.name, handle=editor.handle),
            "good",
        )  # fmt: skip
    else:
        flash(gettext("%(name)s was told, with the reason.", name=application.name), "good")
    return redirect(url_for("membership_staff.applications"), code=303)


@bp.post("/applications/several")
@permitted(Permission.APPLICATIONS_DECIDE)
@in_steps
def decide_several() -> Any:
    """The same answer to several, one transaction each; whoever could not be answered is named, with why."""
    form, approve = _decision_form(prefix="all"), request.form.get("do") == "yes"
    chosen, staff = sent_numbers("application"), current_staff()
    valid = _says_why(form, approve)
    if not chosen:
        form.form_errors.append(gettext("Choose at least one application first."))
        valid = False
    if not valid:
        return _queue(None, several=form, ticked=chosen), REFUSED
    done, refused = [], []
    for application_id in dict.fromkeys(chosen):
        name = ""
        try:
            with unit_of_work():
                application = queries.application_by_id(application_id)
                if application is None:
                    raise errors.NoSuchApplication()
                name = application.name
                actions.decide(
                    actor=staff,
                    application_id=application_id,
                    approve=approve,
                    reply=form.reply.data,
                    reason=form.reason.data,
                    reason_id=form.chosen_reason,
                )
            done.append(name)
        except Problem as problem:
            refused.append(gettext("%(name)s: %(why)s", name=name, why=str(problem)))
    if done:
        told = ngettext("%(num)s person was answered", "%(num)s people were answered", len(done))
        flash(f"{told}: {', '.join(done)}.", "good")
    for sentence in refused:
        flash(sentence, "warn")
    return redirect(url_for("membership_staff.applications"), code=303)


@bp.post("/applications/<int:application_id>/note")
@permitted(Permission.APPLICATIONS_DECIDE)
def note(application_id: int) -> Any:
    """A word to each other; the applicant never reads it."""
    form = NoteForm()
    if not form.validate():
        return _queue(application_id, noting=form), REFUSED
    actions.note(actor=current_staff(), application_id=application_id, words=form.note.data)
    return redirect(url_for("membership_staff.applications", open=application_id, _anchor="notes"), code=303)


@bp.get("/applications/<int:application_id>/files/<int:answer_id>")
@permitted(Permission.APPLICATIONS_DECIDE)
@in_steps
def file(application_id: int, answer_id: int) -> Response:
    """A file somebody sent with their application: a picture is shown, a PDF is carried away."""
    answer = queries.file_of_answer(application_id, answer_id)
    if answer is None or answer.file_key is None:
        raise NotFound()
    key, name = answer.file_key, answer.said
    leave_transaction()
    content = io.BytesIO(storage.read(key))
    as_paper = type_of(key) == "application/pdf"
    shown = send_file(content, mimetype=type_of(key), as_attachment=as_paper, download_name=name)
    shown.headers["Cache-Control"] = "private, no-store"
    shown.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shown.headers["X-Content-Type-Options"] = "nosniff"
    return shown


@bp.get("/editors")
@permitted(Permission.EDITORS_MANAGE)
def editors() -> str:
    return _editor_list()


@bp.post("/editors/<int:editor_id>/<act>")
@permitted(Permission.EDITORS_MANAGE)
def change_editor(editor_id: int, act: str) -> Any:
    """Pause, resume, remove or appoint somebody, with a reason."""
    if act not in ACTS:
        raise errors.NoSuchEditor()
    form = ReasonForm()
    if not form.validate():
        return _editor_list(wrong=(editor_id, form.reason.errors[0])), REFUSED
    do, sentence = ACTS[act]
    editor = do(actor=current_staff(), editor_id=editor_id, reason=form.reason.data)
    flash(str(sentence) % {"name": editor.name}, "good")
    return redirect(url_for("membership_staff.editors"), code=303)


@bp.post("/editors/appeals/<int:appeal_id>")
@permitted(Permission.EDITORS_MANAGE)
def decide_appeal(appeal_id: int) -> Any:
    """Answer a second look: by somebody else than who ended the membership."""
    form = AppealAnswerForm()
    if not form.validate():
        return _editor_list(answering=(appeal_id, form)), REFUSED
    try:
        appeal = standing.decide_appeal(
            actor=current_staff(),
            appeal_id=appeal_id,
            grant=request.form.get("do") == "yes",
            reply=form.reply.data,
        )
    except errors.SameHand as refused:
        form.reply.errors = (str(refused),)
        return _editor_list(answering=(appeal_id, form)), refused.status
    words = gettext("The membership goes on.") if appeal.granted else gettext("It stays ended.")
    flash(f"{words} {gettext('Your words are on their way.')}", "good")
    return redirect(url_for("membership_staff.editors"), code=303)


def _decision_form(**named: Any) -> DecisionForm:
    form = DecisionForm(**named)
    form.offer(reasons_offered())
    return form


def _had_an_answer(application: Application) -> Any:
    """A colleague was faster, or the applicant took it back: nothing of what was written here goes out."""
    if application.status == ApplicationStatus.WITHDRAWN:
        told = gettext("%(name)s took the application back. Your answer was not sent.", name=application.name)
    else:
        told = gettext(
            "%(name)s had an answer already, from %(who)s. Yours was not sent.",
            name=application.name,
            who=application.decided_by,
        )
    flash(told, "warn")
    return redirect(url_for("membership_staff.applications"), code=303)


def _says_why(form: DecisionForm, approve: bool) -> bool:
    """Whether the form is right; a no also needs a reason, chosen or typed."""
    valid = form.validate()
    if not approve and not form.chosen_reason and not form.reason.data:
        form.reason.errors = (gettext("Please write why, in a sentence. It goes to them with your words."),)
        return False
    return valid


def _queue(
    open_id: int | None,
    form: DecisionForm | None = None,
    *,
    several: DecisionForm | None = None,
    ticked: Sequence[int] = (),
    noting: NoteForm | None = None,
) -> str:
    waiting = queries.waiting_applications()
    chosen = next((one for one in waiting if one.id == open_id), waiting[0] if waiting else None)
    if chosen is not None and form is None:
        form = _decision_form(formdata=None, data={"handle": _free_handle(chosen)})
    return render_template(
        "editors/membership/staff_applications.html",
        waiting=waiting,
        chosen=chosen,
        form=form,
        several=several or _decision_form(formdata=None, prefix="all"),
        ticked=ticked,
        noting=noting or NoteForm(formdata=None),
        notes=queries.notes_on(chosen.id) if chosen else (),
        before=queries.earlier_applications(chosen) if chosen else (),
        outfit=products_by_ids(chosen.answers.get("pieces", [])) if chosen else (),
        said=queries.answers_to(chosen.id) if chosen else (),
        decided=queries.decided_applications(),
        due_of=policy.answer_due,
        now=clock.now(),
    )


def _free_handle(application: Application) -> str:
    """The wish, or the nearest free handle made of the name when somebody has it by now."""
    taken = queries.taken_shapes() | queries.brand_shapes()
    if policy.handle_shape(application.handle_wish) not in taken:
        return application.handle_wish
    return policy.suggest_handle(application.name, taken)


def _editor_list(
    wrong: tuple[int, Any] | None = None, answering: tuple[int, AppealAnswerForm] | None = None
) -> str:
    return render_template(
        "editors/membership/staff_editors.html",
        appeals=[
            (appeal, editor, answering[1] if answering and answering[0] == appeal.id else blank)
            for appeal, editor in queries.appeals_waiting()
            for blank in [AppealAnswerForm(formdata=None)]
        ],
        people=queries.editors_with_accounts(),
        form=ReasonForm(formdata=None),
        wrong=wrong,
        Status=EditorStatus,
    )

"""Staff: what the application asks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.questions import actions
from editors.questions.errors import AudienceAsked
from editors.questions.forms import KIND_WORDS, QuestionForm
from editors.questions.models import Kind, Question
from editors.questions.queries import question_by_id, questions_asked, retired_questions
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("questions_staff", __name__, url_prefix="/staff/programme/questions")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def questions() -> str:
    """What is asked, in order, and what was asked once."""
    return render_template(
        "editors/questions/staff_questions.html",
        asked=questions_asked(),
        retired=retired_questions(),
        kind_words=KIND_WORDS,
        Kind=Kind,
    )


@bp.get("/new")
@permitted(Permission.EDITORS_MANAGE)
def new() -> str:
    return _page(QuestionForm(formdata=None, kind=Kind.TEXT), None)


@bp.post("/new")
@permitted(Permission.EDITORS_MANAGE)
def ask() -> Any:
    form = QuestionForm()
    if not form.validate():
        return _page(form, None), REFUSED
    try:
        actions.ask(actor=current_staff(), draft=form.draft())
    except AudienceAsked as refused:
        form.words.errors = (str(refused),)
        return _page(form, None), REFUSED
    flash(_("Whoever applies from now on is asked."), "good")
    return redirect(url_for("questions_staff.questions"), code=303)


@bp.get("/<int:question_id>")
@permitted(Permission.EDITORS_MANAGE)
def question(question_id: int) -> str:
    found = question_by_id(question_id)
    return _page(QuestionForm.of(found), found)


@bp.post("/<int:question_id>")
@permitted(Permission.EDITORS_MANAGE)
def reword(question_id: int) -> Any:
    found, form = question_by_id(question_id), QuestionForm()
    if not form.validate():
        return _page(form, found), REFUSED
    try:
        actions.reword(actor=current_staff(), question_id=question_id, draft=form.draft(), seen=form.was_seen)
    except AudienceAsked as refused:
        form.words.errors = (str(refused),)
        return _page(form, found), REFUSED
    except ChangedMeanwhile as changed:
        now = question_by_id(question_id)
        return _page(form, now, meanwhile=says_now(form, QuestionForm.of(now))), changed.status
    flash(_("It is asked like this from now on. Answers keep the words they were given to."), "good")
    return redirect(url_for("questions_staff.questions"), code=303)


@bp.post("/<int:question_id>/move")
@permitted(Permission.EDITORS_MANAGE)
def move(question_id: int) -> Response:
    actions.move(
        actor=current_staff(), question_id=question_id, by=-1 if request.form.get("do") == "up" else 1
    )
    return redirect(url_for("questions_staff.questions"), code=303)


@bp.post("/<int:question_id>/retire")
@permitted(Permission.EDITORS_MANAGE)
def retire(question_id: int) -> Response:
    actions.retire(actor=current_staff(), question_id=question_id)
    flash(_("It is asked no more. What was answered stays where it was answered."), "good")
    return redirect(url_for("questions_staff.questions"), code=303)


@bp.post("/<int:question_id>/again")
@permitted(Permission.EDITORS_MANAGE)
def again(question_id: int) -> Response:
    actions.ask_again(actor=current_staff(), question_id=question_id)
    flash(_("It is asked again."), "good")
    return redirect(url_for("questions_staff.questions"), code=303)


def _page(form: QuestionForm, found: Question | None, meanwhile: Any = None) -> str:
    return render_template(
        "editors/questions/staff_question.html", form=form, question=found, meanwhile=meanwhile
    )

"""The studio: an order that is missing. The answer comes at once; what needs a person goes to staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from commissions.missing import actions
from commissions.missing.errors import NothingToReport
from commissions.missing.forms import NumberForm, ReportForm
from commissions.missing.models import CameBy
from commissions.missing.policy import NUMBERS_A_DAY, Verdict, judge
from commissions.missing.queries import known_of, missing_of
from commissions.missing.words import STATES, WAYS, verdict_words
from editors.membership.guards import current_editor, earner
from editors.membership.models import Editor
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.accounts.queries import account_by_id
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.errors import TooMany
from foundation.files.private import FileRefused, keep_private
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from foundation.web.formats import day
from foundation.web.uploads import MEGABYTE, takes_files

LARGEST = 11 * MEGABYTE
A_DAY = timedelta(days=1)

bp = Blueprint("missing", __name__, url_prefix="/studio/orders/missing")


@bp.get("")
@earner
def ask() -> str:
    """Ask for an order by its number, and what became of those that were reported."""
    return _page(current_editor(), NumberForm(formdata=None))


@bp.post("")
@earner
def judged() -> Any:
    """The verdict on a number. Asking is limited, so that nobody learns by trying which orders there are."""
    editor, form = current_editor(), NumberForm()
    if not form.validate():
        return _page(editor, form), REFUSED
    try:
        spend_try(purpose="missing_sale", subject=str(editor.id), limit=NUMBERS_A_DAY, per=A_DAY)
    except TooMany as refused:
        form.number.errors = (
            _("You have asked for %(num)s numbers today. Ask again tomorrow.", num=NUMBERS_A_DAY),
        )
        return _page(editor, form), refused.status
    number = str(form.number.data).upper()
    verdict = judge(known_of(editor, number)[0], clock.now())
    report = ReportForm(formdata=None, number=number) if verdict is Verdict.OTHER else None
    return _page(editor, form, verdict=verdict, number=number, report=report)


@bp.post("/report")
@earner
@takes_files(LARGEST)
@in_steps
def report() -> Any:
    """Send it to staff, with what speaks for it."""
    editor, form = current_editor(), ReportForm()
    asked, file = NumberForm(), form.file()
    number = str(form.number.data or "").upper()
    if not form.validate():
        return _again(editor, asked, form, number, file), REFUSED
    spend_try(purpose="missing_report", subject=str(editor.id), limit=2 * NUMBERS_A_DAY, per=A_DAY)
    person, editor_id = current_person(), editor.id
    leave_transaction()  # writing a picture again takes a second, and it may be kept on another machine
    try:
        key = keep_private(file.read(), file.filename or "") if file else None
    except FileRefused as refused:
        form.evidence.errors = (str(refused),)
        account_by_id(person.account_id or 0)  # the frame of the page asks what its reader may do
        return _again(editor, asked, form, number, None), REFUSED
    try:
        with unit_of_work():
            made = actions.report(
                actor=person,
                editor_id=editor_id,
                number=number,
                came_by=CameBy(form.came_by.data),
                words=str(form.words.data),
                file_key=key,
                file_name=str(file.filename)[:200] if file else None,
            )
            due = made.due_at
    except NothingToReport as refused:
        flash(str(refused), "warn")
        return redirect(url_for("missing.ask"), code=303)
    flash(_("We look at it, and answer by %(day)s.", day=day(due)), "good")
    return redirect(url_for("missing.ask"), code=303)


def _again(editor: Editor, asked: NumberForm, form: ReportForm, number: str, file: object) -> str:
    """The page with what was typed; a browser does not keep a chosen file."""
    if file is not None:
        again = _("Choose your file again: a browser does not keep it.")
        form.evidence.errors = (*form.evidence.errors, again)
    return _page(editor, asked, verdict=Verdict.OTHER, number=number, report=form)


def _page(
    editor: Editor,
    form: NumberForm,
    *,
    verdict: Verdict | None = None,
    number: str = "",
    report: ReportForm | None = None,
) -> str:
    return render_template(
        "commissions/missing/ask.html",
        form=form,
        verdict=verdict,
        said=verdict_words(verdict, number) if verdict else None,
        number=number,
        report=report,
        reported=[(one, WAYS[CameBy(one.came_by)], *STATES[one.status]) for one in missing_of(editor.id)],
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

"""Personal codes at the desk of the staff: who has one, what it takes off, how often it was used."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from editors.share import personal
from editors.share.errors import OnlyForGroups
from editors.share.forms import MOST_PERCENT, CodeForm
from editors.share.ports import editor_groups
from editors.share.queries import codes_given
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.errors import Problem
from foundation.web.fields import REFUSED, choice
from storefront.promotions.errors import CodeTaken

bp = Blueprint("personal_codes", __name__, url_prefix="/staff/personal-codes")

EVERYBODY = 0


@bp.get("")
@permitted(Permission.VOUCHERS_MANAGE)
def index() -> str:
    """Every active editor with their code."""
    return _page(CodeForm(formdata=None, percent=10))


@bp.post("")
@permitted(Permission.VOUCHERS_MANAGE)
def give() -> Any:
    """Give one editor a code, or everybody who has none."""
    form = CodeForm()
    _offer(form)
    if not form.validate():
        return _page(form), REFUSED
    staff, bps, reason = current_staff(), form.percent.data * 100, form.reason.data
    if form.editor.data <= EVERYBODY:
        groups = {-group.number: group.editor_ids for group in editor_groups()}
        if form.editor.data == EVERYBODY:
            number = personal.give_all(actor=staff, percent_bps=bps, reason=reason)
        else:
            number = personal.give_group(
                actor=staff, editor_ids=groups[form.editor.data], percent_bps=bps, reason=reason
            )
        flash(ngettext("%(num)s editor has a code now.", "%(num)s editors have a code now.", number), "good")
        return redirect(url_for("personal_codes.index"), code=303)
    try:
        with all_or_nothing():
            given = personal.give_code(
                actor=staff,
                editor_id=form.editor.data,
                percent_bps=bps,
                reason=reason,
                code=(form.code.data or "").strip(),
            )
    except CodeTaken as taken:
        form.code.errors = (str(taken),)
        return _page(form), taken.status
    except OnlyForGroups as refused:
        form.editor.errors = (str(refused),)
        return _page(form), refused.status
    flash(gettext("%(code)s counts from now on.", code=given.code), "good")
    return redirect(url_for("personal_codes.index"), code=303)


@bp.post("/<int:editor_id>/end")
@permitted(Permission.VOUCHERS_MANAGE)
def end(editor_id: int) -> Any:
    """Nobody can use the code from now on."""
    reason = request.form.get("reason", "").strip()[:500]
    if not reason:
        return _page(CodeForm(formdata=None, percent=10), gettext("Say why: it stays in the log.")), REFUSED
    try:
        personal.end_code(actor=current_staff(), editor_id=editor_id, reason=reason)
    except Problem as refused:
        return _page(CodeForm(formdata=None, percent=10), str(refused)), refused.status
    flash(gettext("The code has ended. Orders that hold it keep it."), "good")
    return redirect(url_for("personal_codes.index"), code=303)


def _offer(form: CodeForm) -> None:
    people = [choice(str(editor.id), editor.name) for editor, _, _ in codes_given()]
    steps = [
        choice(str(-group.number), gettext("Everybody on the step %(step)s", step=group.name))
        for group in editor_groups()
    ]
    form.editor.choices = [choice(str(EVERYBODY), gettext("Everybody who has none")), *steps, *people]


def _page(form: CodeForm, wrong: str | None = None) -> str:
    _offer(form)
    return render_template(
        "editors/share/personal_codes.html", form=form, rows=codes_given(), wrong=wrong, most=MOST_PERCENT
    )

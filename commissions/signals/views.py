"""The studio: what is held, what it is about, and the editor's own words to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from commissions.holds.words import told_editor
from commissions.signals import actions
from commissions.signals.errors import CaseDecided, NoSuchCase
from commissions.signals.forms import AnswerForm
from commissions.signals.models import Case, CaseStatus
from commissions.signals.queries import case_by_id, cases_told, waiting_of
from commissions.signals.words import TOLD, told_about
from editors.membership.guards import current_editor, earner, editor_here
from foundation.accounts.guards import current_person
from foundation.money import Money
from foundation.settings import current
from foundation.web.fields import REFUSED

bp = Blueprint("signals", __name__, url_prefix="/studio/held")


@bp.get("")
@earner
def index() -> str:
    """What is held of one's commission, and what was."""
    cases = cases_told(current_editor().id)
    return render_template(
        "commissions/signals/studio_list.html",
        rows=[(one, told_editor(told_about(one)), *_told(one)) for one in cases],
    )


@bp.get("/<int:case_id>")
@earner
def show(case_id: int) -> str:
    """One hold: the state, what it is about, and the form for an answer."""
    case = _mine(case_id)
    return _page(case, AnswerForm(formdata=None, words=case.answer))


@bp.post("/<int:case_id>")
@earner
def answer(case_id: int) -> Any:
    """Say something to it. What was typed is never lost: a form that is refused comes back with it."""
    case, form = _mine(case_id), AnswerForm()
    if not form.validate():
        return _page(case, form), REFUSED
    try:
        actions.answer(
            actor=current_person(), case_id=case_id, editor_id=case.editor_id, words=str(form.words.data)
        )
    except CaseDecided as refused:
        form.form_errors.append(str(refused))
        return _page(_mine(case_id), form), refused.status
    flash(_("Thank you. Whoever decides reads it first."), "good")
    return redirect(url_for("signals.show", case_id=case_id), code=303)


def held_card(**_more: object) -> str:
    """A card of the studio, for as long as something is held."""
    editor = editor_here()
    if editor is None:
        return ""
    held = [one for one in cases_told(editor.id) if one.status == CaseStatus.HELD]
    if not held:
        return ""
    return render_template(
        "commissions/signals/held_card.html",
        held=held,
        amount=_waiting(editor.id, held[0].order_id if len(held) == 1 else None),
    )


def _mine(case_id: int) -> Case:
    found = case_by_id(case_id)
    if found is None or found.held_at is None or found.editor_id != current_editor().id:
        raise NoSuchCase()
    return found


def _told(case: Case) -> tuple[Any, str]:
    return TOLD[CaseStatus(case.status)]


def _waiting(editor_id: int, order_id: int | None) -> Money:
    currency = current().currency
    return Money(waiting_of(editor_id, order_id, currency).minor, currency)


def _page(case: Case, form: AnswerForm) -> str:
    word, tone = _told(case)
    return render_template(
        "commissions/signals/studio_show.html",
        case=case,
        about=told_editor(told_about(case)),
        state=word,
        tone=tone,
        amount=_waiting(case.editor_id, case.order_id),
        form=form,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

"""Where two editors agree to put a look together: the one who asks, and the one who is asked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.looks import errors, together
from editors.looks.authors.queries import coauthor_of, invitations_of
from editors.looks.models import Look
from editors.looks.pictures import page_values
from editors.looks.queries import look_by_id
from editors.looks.words import look_name, look_story
from editors.membership.guards import current_editor, editor_here, style_editor
from editors.studio.next_steps import Step, Weight
from foundation.accounts.guards import current_person
from foundation.errors import Problem
from foundation.web.numbers import sent_number

bp = Blueprint("studio_together", __name__, url_prefix="/studio/looks/<int:look_id>/together")

HALF = 50


@bp.get("")
@style_editor
def show(look_id: int) -> str:
    """Who was asked, for how much, and what became of it."""
    return _page(look_id)


@bp.post("")
@style_editor
def ask(look_id: int) -> Any:
    """Ask another editor; what is wrong is said, and what was typed stays."""
    try:
        together.invite_coauthor(
            actor=current_person(),
            look_id=look_id,
            editor_id=current_editor().id,
            handle=request.form.get("handle", ""),
            share_bps=(sent_number("share") or 0) * 100,
        )
    except errors.NoSuchLook:
        raise
    except Problem as refused:
        return _page(look_id, str(refused)), refused.status
    flash(gettext("Asked. You get a letter as soon as there is an answer."), "good")
    return _back(look_id)


@bp.post("/end")
@style_editor
def end(look_id: int) -> Response:
    """Ask nobody after all; or, for whoever was asked, step back."""
    asked, me = coauthor_of(look_id), current_editor().id
    if asked is not None and asked.editor_id == me:
        together.step_back(actor=current_person(), look_id=look_id, editor_id=me)
        flash(gettext("Your name is off it again."), "good")
        return redirect(url_for("studio.today"), code=303)
    together.take_invitation_back(actor=current_person(), look_id=look_id, editor_id=me)
    flash(gettext("The look is yours alone again."), "good")
    return _back(look_id)


@bp.post("/answer")
@style_editor
def answer(look_id: int) -> Any:
    """Yes or no to the share that was shown."""
    accept = request.form.get("do") == "accept"
    try:
        together.answer_invitation(
            actor=current_person(),
            look_id=look_id,
            editor_id=current_editor().id,
            accept=accept,
            share_bps=sent_number("share_bps") or 0,
        )
    except errors.SplitChanged as changed:
        return _page(look_id, str(changed)), changed.status
    if accept:
        flash(gettext("Agreed. Both names stand on it once it goes on show."), "good")
        return _back(look_id)
    flash(gettext("Declined. They get a kind letter."), "good")
    return redirect(url_for("studio.today"), code=303)


def steps() -> list[Step]:
    """What waits for this editor's answer, for "Do next"."""
    editor = editor_here()
    return [
        Step(
            title=gettext("Somebody asks you to put a look together"),
            text=gettext("Look at it and at your share, then say yes or no."),
            href=url_for("studio_together.show", look_id=look_id),
            act=gettext("Look at it"),
            weight=Weight.GONE,
        )
        for look_id in (invitations_of(editor.id) if editor else ())
    ]


def _page(look_id: int, wrong: str = "") -> str:
    look, asked, me = look_by_id(look_id), coauthor_of(look_id), current_editor().id
    if look is None or me not in (look.editor_id, asked.editor_id if asked else None):
        raise errors.NoSuchLook()
    return render_template(
        "editors/studio/together.html",
        look=look,
        title=look_name(look) or gettext("A new look"),
        story=look_story(look),
        shown=_shown(look),
        asked=asked,
        mine=me == look.editor_id,
        wrong=wrong,
        handle=request.form.get("handle", "")[:31],
        share=sent_number("share") or HALF,
    )


def _shown(look: Look) -> dict[str, Any] | None:
    return page_values(look) if look.pieces or look.photo_key else None


def _back(look_id: int) -> Response:
    return redirect(url_for("studio_together.show", look_id=look_id), code=303)

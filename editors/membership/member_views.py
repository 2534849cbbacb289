"""A membership in the studio: where it stands, the agreement, leaving, and a second look."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.agreements.errors import NewerVersion, NoSuchVersion
from editors.agreements.queries import accepted_by, agreement_now, has_accepted, version_by_number
from editors.membership import agreeing, errors, queries, standing
from editors.membership.forms import AppealForm
from editors.membership.guards import current_editor, earner, style_editor
from editors.membership.models import EditorStatus, PausedFor
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.i18n import reader_language
from foundation.web.errors import problem_page, wants_json
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number

bp = Blueprint("member", __name__, url_prefix="/studio/membership")
agreement_bp = Blueprint("agreement", __name__, url_prefix="/studio/agreement")


@bp.get("")
@earner
def show() -> str:
    """Where the membership stands; for whoever is gone, why, and what can be done."""
    return _page(AppealForm(formdata=None))


@bp.post("/leave")
@style_editor
def leave() -> Response:
    """Go. What was earned stays theirs."""
    editor = current_editor()
    standing.leave(actor=current_person(), editor_id=editor.id)
    flash(gettext("You left. Thank you for every look. What you earned stays yours and is paid."), "good")
    return redirect(url_for("member.show"), code=303)


@bp.post("/appeal")
@earner
def appeal() -> Any:
    form = AppealForm()
    if not form.validate():
        return _page(form), REFUSED
    standing.appeal(actor=current_person(), editor_id=current_editor().id, words=form.words.data)
    flash(gettext("Sent. Somebody else than before reads it and answers in words."), "good")
    return redirect(url_for("member.show"), code=303)


@agreement_bp.get("")
@earner
def show_agreement() -> str:
    """The version that counts, to be accepted."""
    return _agreement()


@agreement_bp.get("/<int:number>")
@earner
def version(number: int) -> str:
    """A version that was accepted, as it was."""
    found = version_by_number(number)
    if found is None or not has_accepted(current_editor().id, found.id):
        raise NoSuchVersion()
    return render_template("editors/agreements/version.html", version=found)


@agreement_bp.post("")
@earner
def accept() -> Any:
    """Accept the version that was read; a newer one has to be read first."""
    editor = current_editor()
    if not request.form.get("agree"):
        return _agreement(wrong=gettext("Tick the box when you have read it.")), REFUSED
    try:
        agreeing.accept_agreement(
            actor=current_person(),
            editor_id=editor.id,
            version_id=sent_number("version") or 0,
            language=reader_language(),
        )
    except NewerVersion as newer:
        return _agreement(wrong=str(newer)), newer.status
    flash(gettext("Agreed. The text stays under “Membership” for you to read."), "good")
    return redirect(url_for("studio.today"), code=303)


def _agreement(wrong: str | None = None) -> str:
    editor, now = current_editor(), agreement_now()
    if now is None or not editor.in_studio:
        raise NoSuchVersion() if now is None else errors.EditorsOnly()
    return render_template(
        "editors/agreements/agreement.html",
        editor=editor,
        version=now,
        agreed=has_accepted(editor.id, now.id),
        accepted=accepted_by(editor.id),
        wrong=wrong,
        now=clock.now(),
    )


def _page(form: AppealForm) -> str:
    editor = current_editor()
    return render_template(
        "editors/membership/member.html",
        editor=editor,
        form=form,
        appeal=queries.last_appeal(editor) if editor.status == EditorStatus.REMOVED else None,
        accepted=accepted_by(editor.id),
        version=agreement_now(),
    )


def resting_card(**_: Any) -> str:
    """In the studio, while staff let an editor rest; where an agreement waits, its own card says so."""
    editor = current_editor()
    if editor.status != EditorStatus.PAUSED or editor.paused_for == PausedFor.AGREEMENT:
        return ""
    return render_template("editors/membership/resting.html")


def agreement_card(**_: Any) -> str:
    """In the studio, while a new version waits to be accepted."""
    editor, now = current_editor(), agreement_now()
    if now is None or has_accepted(editor.id, now.id):
        return ""
    return render_template("editors/agreements/card.html", editor=editor, version=now, now=clock.now())


def not_yet(refused: errors.PilotOnly) -> Any:
    """A feature that only pilot groups have now: said in the studio, with the way to the groups."""
    if wants_json():
        return problem_page(refused)
    return render_template("editors/membership/not_yet.html", sentence=refused), refused.status

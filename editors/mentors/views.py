"""The page of mentors in the studio."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.membership.features import Feature
from editors.membership.guards import current_editor, style_editor
from editors.membership.ports import refuse_without
from editors.mentors import actions, queries
from editors.mentors.errors import AskedAlready, NobodyThere, NotYourself
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing

bp = Blueprint("mentors", __name__, url_prefix="/studio/mentor")


@bp.get("")
@style_editor
def mentor() -> str:
    """Who learns with whom; who may not ask yet comes here once they are asked."""
    if not queries.bonds_of(current_editor().id):
        refuse_without(Feature.MENTORS, current_editor().id)
    return _page()


@bp.post("")
@style_editor
def ask() -> Any:
    """Ask somebody by their handle."""
    handle = request.form.get("handle", "").strip()[:40]
    try:
        with all_or_nothing():
            actions.ask(
                actor=current_person(),
                editor_id=current_editor().id,
                handle=handle,
                to_learn=request.form.get("as") != "mentor",
            )
    except (NobodyThere, NotYourself, AskedAlready) as refused:
        return _page(handle, str(refused)), refused.status
    flash(_("Asked. They find it in their studio, and a letter in their mailbox."), "good")
    return redirect(url_for("mentors.mentor"), code=303)


@bp.post("/<int:mentorship_id>/accept")
@style_editor
def accept(mentorship_id: int) -> Response:
    actions.accept(actor=current_person(), mentorship_id=mentorship_id, editor_id=current_editor().id)
    flash(_("Agreed. You find each other here."), "good")
    return redirect(url_for("mentors.mentor"), code=303)


@bp.post("/<int:mentorship_id>/end")
@style_editor
def end(mentorship_id: int) -> Response:
    actions.end(actor=current_person(), mentorship_id=mentorship_id, editor_id=current_editor().id)
    flash(_("Done. The other one was told kindly."), "good")
    return redirect(url_for("mentors.mentor"), code=303)


def _page(handle: str = "", wrong: str | None = None) -> str:
    return render_template(
        "editors/mentors/mentor.html",
        me=current_editor().id,
        bonds=queries.bonds_of(current_editor().id),
        handle=handle,
        to_mentor=request.form.get("as") == "mentor",
        wrong=wrong,
    )

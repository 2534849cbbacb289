"""Pilot groups in the studio: join one that has a place, or leave."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.cohorts import actions, queries
from editors.cohorts.errors import CohortFull, CohortOver, InACohort
from editors.membership.guards import current_editor, style_editor
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing

bp = Blueprint("cohorts", __name__, url_prefix="/studio/groups")


@bp.post("/<int:cohort_id>/join")
@style_editor
def join(cohort_id: int) -> Response:
    try:
        with all_or_nothing():
            actions.join_cohort(
                actor=current_person(),
                cohort_id=cohort_id,
                editor_id=current_editor().id,
                day=queries.today(),
            )
    except (CohortFull, CohortOver, InACohort) as refused:
        flash(str(refused), "warn")
    else:
        flash(_("You are in. Tell us what works and what does not."), "good")
    return redirect(url_for("member.show"), code=303)


@bp.post("/<int:cohort_id>/leave")
@style_editor
def leave(cohort_id: int) -> Response:
    actions.leave_cohort(actor=current_person(), cohort_id=cohort_id, editor_id=current_editor().id)
    flash(_("You left the group. Thank you for trying."), "good")
    return redirect(url_for("member.show"), code=303)


def groups_panel(editor_id: int, **_: Any) -> str:
    """On the page of one's membership."""
    mine = queries.cohort_of(editor_id)
    open_now = queries.open_on(queries.today()) if mine is None and current_editor().on_show else ()
    if mine is None and not open_now:
        return ""
    return render_template("editors/cohorts/panel.html", mine=mine, open=open_now)

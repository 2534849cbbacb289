"""Staff: pilot groups, who is in them, and how they do beside the rest."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.cohorts import actions, queries
from editors.cohorts.errors import CohortFull, CohortOver, InACohort, TooFewPlaces
from editors.cohorts.forms import CohortForm
from editors.cohorts.models import Cohort
from editors.membership.errors import NoSuchEditor
from editors.membership.features import FEATURE_WORDS, Feature
from editors.membership.policy import plain_handle
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.money import Money
from foundation.seen import ChangedMeanwhile
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.numbers import sent_number

bp = Blueprint("programme_cohorts", __name__, url_prefix="/staff/programme/groups")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def cohorts() -> str:
    return render_template(
        "editors/cohorts/staff_cohorts.html",
        cohorts=queries.cohorts(),
        pilots=queries.pilots(),
        features=FEATURE_WORDS,
    )


@bp.post("/features")
@permitted(Permission.EDITORS_MANAGE)
def features() -> Response:
    """Which new features only groups have."""
    ticked, now = set(request.form.getlist("feature")), queries.pilots()
    for feature in Feature:
        if (feature in ticked) != (feature in now):
            actions.keep_for_cohorts(actor=current_staff(), feature=feature, only_cohorts=feature in ticked)
    flash(_("Kept."), "good")
    return redirect(url_for("programme_cohorts.cohorts"), code=303)


@bp.get("/new")
@permitted(Permission.EDITORS_MANAGE)
def new() -> str:
    return _page(CohortForm(formdata=None), None)


@bp.post("/new")
@permitted(Permission.EDITORS_MANAGE)
def add() -> Any:
    return _save(CohortForm(), None)


@bp.get("/<int:cohort_id>")
@permitted(Permission.EDITORS_MANAGE)
def cohort(cohort_id: int) -> str:
    found = queries.cohort_by_id(cohort_id)
    return _page(CohortForm(formdata=None, obj=found), found)


@bp.post("/<int:cohort_id>")
@permitted(Permission.EDITORS_MANAGE)
def change(cohort_id: int) -> Any:
    return _save(CohortForm(), queries.cohort_by_id(cohort_id))


@bp.post("/<int:cohort_id>/members")
@permitted(Permission.EDITORS_MANAGE)
def members(cohort_id: int) -> Any:
    """Put somebody in by their handle, or take somebody out."""
    if gone := sent_number("out"):
        actions.leave_cohort(actor=current_staff(), cohort_id=cohort_id, editor_id=gone)
        return redirect(url_for("programme_cohorts.cohort", cohort_id=cohort_id), code=303)
    handle = plain_handle(request.form.get("handle", "")[:40])
    editor = editor_by_handle(handle)
    try:
        if editor is None or not editor.on_show:
            raise NoSuchEditor()
        with all_or_nothing():
            actions.join_cohort(
                actor=current_staff(), cohort_id=cohort_id, editor_id=editor.id, day=queries.today()
            )
    except (NoSuchEditor, CohortFull, CohortOver, InACohort) as refused:
        found = queries.cohort_by_id(cohort_id)
        page = _page(CohortForm(formdata=None, obj=found), found, typed=handle, wrong=str(refused))
        return page, refused.status
    return redirect(url_for("programme_cohorts.cohort", cohort_id=cohort_id), code=303)


def _save(form: CohortForm, found: Cohort | None) -> Any:
    if not form.validate():
        return _page(form, found), REFUSED
    number = found.id if found else None
    try:
        saved = actions.save_cohort(
            actor=current_staff(), draft=form.draft(), cohort_id=number, seen=form.was_seen
        )
    except TooFewPlaces as refused:
        form.cap.errors = (str(refused),)
        return _page(form, found), refused.status
    except ChangedMeanwhile as changed:
        now = queries.cohort_by_id(number or 0)
        return _page(form, now, says_now(form, CohortForm(formdata=None, obj=now))), changed.status
    flash(_("Kept."), "good")
    return redirect(url_for("programme_cohorts.cohort", cohort_id=saved.id), code=303)


def _page(
    form: CohortForm,
    found: Cohort | None,
    meanwhile: Any = None,
    typed: str = "",
    wrong: str | None = None,
) -> str:
    compared = None
    if found is not None:
        zone = ZoneInfo(current().timezone)
        since = datetime.combine(found.first_day, time(0), zone)
        until = min(datetime.combine(found.last_day + timedelta(days=1), time(0), zone), clock.now())
        compared = queries.compared(found.id, since, until)
    return render_template(
        "editors/cohorts/staff_cohort.html",
        form=form,
        cohort=found,
        meanwhile=meanwhile,
        typed=typed,
        wrong=wrong,
        members=queries.members_of(found.id) if found else (),
        compared=compared,
        earned=[Money(one.earned_minor, current().currency) for one in compared or ()],
    )

"""Staff: reasons for a no, when somebody may ask again, and what is approved by itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.review import actions, queries
from editors.review.forms import DeclineReasonForm, RulesForm
from editors.review.models import DeclineReason
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("programme_review", __name__, url_prefix="/staff/programme/answers")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def review() -> str:
    return _review(RulesForm.of(queries.rules()))


@bp.post("/rules")
@permitted(Permission.EDITORS_MANAGE)
def set_rules() -> Any:
    form = RulesForm()
    if not form.validate():
        return _review(form), REFUSED
    try:
        actions.set_rules(
            actor=current_staff(),
            ask_again_days=int(form.ask_again_days.data or 0),
            approve_orders=form.approve_orders.data,
            approve_consents=bool(form.approve_consents.data),
            reason=str(form.reason.data),
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        return _review(form, says_now(form, RulesForm.of(queries.rules()))), changed.status
    flash(_("These rules count from now on."), "good")
    return redirect(url_for("programme_review.review"), code=303)


@bp.get("/reasons/new")
@permitted(Permission.EDITORS_MANAGE)
def new_reason() -> str:
    return _reason_page(DeclineReasonForm(formdata=None), None)


@bp.post("/reasons/new")
@permitted(Permission.EDITORS_MANAGE)
def add_reason() -> Any:
    return _save(DeclineReasonForm(), None)


@bp.get("/reasons/<int:reason_id>")
@permitted(Permission.EDITORS_MANAGE)
def reason(reason_id: int) -> str:
    found = queries.reason_by_id(reason_id)
    return _reason_page(DeclineReasonForm.of(found), found)


@bp.post("/reasons/<int:reason_id>")
@permitted(Permission.EDITORS_MANAGE)
def change_reason(reason_id: int) -> Any:
    return _save(DeclineReasonForm(), queries.reason_by_id(reason_id))


@bp.post("/reasons/<int:reason_id>/retire")
@permitted(Permission.EDITORS_MANAGE)
def retire_reason(reason_id: int) -> Response:
    actions.retire_reason(actor=current_staff(), reason_id=reason_id)
    return redirect(url_for("programme_review.review"), code=303)


@bp.post("/reasons/<int:reason_id>/offer")
@permitted(Permission.EDITORS_MANAGE)
def offer_reason(reason_id: int) -> Response:
    actions.offer_reason(actor=current_staff(), reason_id=reason_id)
    return redirect(url_for("programme_review.review"), code=303)


def _save(form: DeclineReasonForm, found: DeclineReason | None) -> Any:
    if not form.validate():
        return _reason_page(form, found), REFUSED
    try:
        actions.save_reason(
            actor=current_staff(),
            name=str(form.name.data),
            sentence=str(form.sentence.data),
            sentence_it=form.sentence_it.data or None,
            reason_id=found.id if found else None,
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        now = queries.reason_by_id(found.id) if found else None
        differs = says_now(form, DeclineReasonForm.of(now)) if now else []
        return _reason_page(form, now, differs), changed.status
    flash(_("It stands in the list of reasons. Answers that were given keep their words."), "good")
    return redirect(url_for("programme_review.review"), code=303)


def _review(form: RulesForm, meanwhile: Any = None) -> str:
    return render_template(
        "editors/review/staff_review.html",
        form=form,
        meanwhile=meanwhile,
        offered=queries.reasons_offered(),
        retired=queries.retired_reasons(),
    )


def _reason_page(form: DeclineReasonForm, found: DeclineReason | None, meanwhile: Any = None) -> str:
    return render_template("editors/review/staff_reason.html", form=form, reason=found, meanwhile=meanwhile)

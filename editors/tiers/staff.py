"""Staff: the steps of the circle."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.tiers import actions, queries
from editors.tiers.forms import TierForm
from editors.tiers.models import Tier
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now

bp = Blueprint("programme_tiers", __name__, url_prefix="/staff/programme/steps")


@bp.get("")
@permitted(Permission.EDITORS_MANAGE)
def tiers() -> str:
    return render_template(
        "editors/tiers/staff_tiers.html", tiers=queries.tiers(), people=queries.how_many_on()
    )


@bp.get("/new")
@permitted(Permission.EDITORS_MANAGE)
def new() -> str:
    return _page(TierForm(formdata=None), None)


@bp.post("/new")
@permitted(Permission.EDITORS_MANAGE)
def add() -> Any:
    return _save(TierForm(), None)


@bp.get("/<int:tier_id>")
@permitted(Permission.EDITORS_MANAGE)
def tier(tier_id: int) -> str:
    found = queries.tier_by_id(tier_id)
    return _page(TierForm.of(found), found)


@bp.post("/<int:tier_id>")
@permitted(Permission.EDITORS_MANAGE)
def change(tier_id: int) -> Any:
    return _save(TierForm(), queries.tier_by_id(tier_id))


@bp.post("/<int:tier_id>/retire")
@permitted(Permission.EDITORS_MANAGE)
def retire(tier_id: int) -> Response:
    actions.retire_tier(actor=current_staff(), tier_id=tier_id)
    flash(_("Taken away. Whoever stood on it is moved tonight."), "good")
    return redirect(url_for("programme_tiers.tiers"), code=303)


def _save(form: TierForm, found: Tier | None) -> Any:
    if not form.validate():
        return _page(form, found), REFUSED
    number = found.id if found else None
    try:
        actions.save_tier(actor=current_staff(), draft=form.draft(), tier_id=number, seen=form.was_seen)
    except ChangedMeanwhile as changed:
        now = queries.tier_by_id(number or 0)
        return _page(form, now, says_now(form, TierForm.of(now))), changed.status
    flash(_("Kept. Style editors move tonight: up at once, down after fourteen days."), "good")
    return redirect(url_for("programme_tiers.tiers"), code=303)


def _page(form: TierForm, found: Tier | None, meanwhile: Any = None) -> str:
    return render_template("editors/tiers/staff_tier.html", form=form, tier=found, meanwhile=meanwhile)

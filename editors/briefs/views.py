"""The lead's desk: briefs and picks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from editors.briefs import actions, queries
from editors.briefs.errors import EnoughPicks, LeadOnly, NoSuchBrief
from editors.briefs.forms import BriefForm
from editors.briefs.models import Brief
from editors.briefs.panels import shown_picks
from editors.looks.card_queries import looks_by_ids
from editors.looks.cards import LookCard
from editors.looks.pictures import card_values
from editors.looks.piece_queries import products_on_sale
from editors.membership.guards import current_editor, style_editor
from foundation.accounts.guards import current_person
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from foundation.web.meanwhile import says_now
from foundation.web.numbers import sent_number
from storefront.search.queries import find_products

bp = Blueprint("briefs", __name__, url_prefix="/studio/briefs")
FOUND_AT_ONCE = 8


@bp.get("")
@style_editor
def briefs() -> str:
    """All briefs, for the lead."""
    _lead()
    return render_template("editors/briefs/briefs.html", briefs=queries.briefs_written())


@bp.get("/new")
@style_editor
def new() -> str:
    _lead()
    return _page(BriefForm(formdata=None), None)


@bp.post("/new")
@style_editor
def write() -> Any:
    form = BriefForm()
    if not form.validate():
        return _page(form, None), REFUSED
    brief = actions.write_brief(actor=current_person(), editor_id=_lead(), draft=form.draft())
    flash(_("Written. Add a few picks; then everybody has something to begin with."), "good")
    return redirect(url_for("briefs.edit", brief_id=brief.id, _anchor="picks"), code=303)


@bp.get("/<int:brief_id>")
@style_editor
def edit(brief_id: int) -> str:
    _lead()
    brief = _brief(brief_id)
    return _page(BriefForm(formdata=None, obj=brief), brief)


@bp.post("/<int:brief_id>")
@style_editor
def change(brief_id: int) -> Any:
    brief, form = _brief(brief_id), BriefForm()
    if not form.validate():
        return _page(form, brief), REFUSED
    try:
        actions.write_brief(
            actor=current_person(),
            editor_id=_lead(),
            draft=form.draft(),
            brief_id=brief_id,
            seen=form.was_seen,
        )
    except ChangedMeanwhile as changed:
        now = _brief(brief_id)
        return _page(form, now, says_now(form, BriefForm(formdata=None, obj=now))), changed.status
    flash(_("Kept."), "good")
    return redirect(url_for("briefs.edit", brief_id=brief_id), code=303)


@bp.post("/<int:brief_id>/picks")
@style_editor
def pick(brief_id: int) -> Response:
    """Add a piece or a look, or take a pick out."""
    actor, lead = current_person(), _lead()
    if dropped := sent_number("drop"):
        actions.drop_pick(actor=actor, editor_id=lead, brief_id=brief_id, pick_id=dropped)
    else:
        try:
            actions.add_pick(
                actor=actor,
                editor_id=lead,
                brief_id=brief_id,
                **_picked(),
            )
        except EnoughPicks as enough:
            flash(str(enough), "warn")
    query = request.form.get("q", "")[:80] or None
    return redirect(url_for("briefs.edit", brief_id=brief_id, q=query, _anchor="picks"), code=303)


@bp.post("/<int:brief_id>/end")
@style_editor
def end(brief_id: int) -> Response:
    actions.end_brief(actor=current_person(), editor_id=_lead(), brief_id=brief_id)
    flash(_("Taken down."), "good")
    return redirect(url_for("briefs.briefs"), code=303)


def _picked() -> dict[str, int]:
    """What the pressed button names, if it is a piece or a look that people can see."""
    if (product := sent_number("product")) and products_on_sale([product]):
        return {"product_id": product}
    if (look := sent_number("look")) and looks_by_ids([look]):
        return {"look_id": look}
    raise NoSuchBrief()


def _looks(query: str) -> Sequence[LookCard]:
    return looks_by_ids(queries.looks_called(query.split(), FOUND_AT_ONCE))


def _lead() -> int:
    editor = current_editor()
    if editor.lead_since is None:
        raise LeadOnly()
    return editor.id


def _brief(brief_id: int) -> Brief:
    found = queries.brief_by_id(brief_id)
    if found is None:
        raise NoSuchBrief()
    return found


def _page(form: BriefForm, brief: Brief | None, meanwhile: Any = None) -> str:
    query = request.args.get("q", "").strip()[:80]
    return render_template(
        "editors/briefs/brief.html",
        form=form,
        brief=brief,
        meanwhile=meanwhile,
        query=query,
        picked=shown_picks([brief]) if brief else {},
        found=find_products(query, FOUND_AT_ONCE) if brief and query else [],
        looks=[(card.id, card_values(card)) for card in _looks(query)] if brief and query else [],
    )

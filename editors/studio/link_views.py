"""Share links at the editor's desk."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.gatherings.queries import gatherings_of
from editors.links import actions, queries
from editors.links.models import columns_of
from editors.looks.card_queries import looks_of
from editors.membership.guards import current_editor, style_editor
from editors.share.asking import want_cards, wanted_target
from editors.share.health_page import told
from editors.share.places import name_of
from editors.share.queries import findings_of
from foundation.accounts.guards import current_person
from foundation.errors import Problem
from foundation.settings import current
from foundation.web.numbers import asked_number
from storefront.collections.queries import shown_collections
from storefront.search.queries import find_products

bp = Blueprint("studio_links", __name__, url_prefix="/studio/links")

FOUND_AT_ONCE = 6


@bp.get("")
@style_editor
def links() -> str:
    return _page()


@bp.post("")
@style_editor
def make() -> Any:
    """Make a link to something of theirs or of the shop; asking twice gives the same link."""
    target, number = wanted_target(request.form.get("to", ""))
    try:
        link = actions.make_link(
            actor=current_person(),
            editor_id=current_editor().id,
            target=target,
            **columns_of(target, number),
        )
    except Problem as refused:
        return _page(wrong=str(refused)), refused.status
    want_cards(link)
    return redirect(url_for("share.kit", code=link.code), code=303)


@bp.post("/<int:link_id>/pause")
@style_editor
def pause(link_id: int) -> Response:
    actions.pause_link(actor=current_person(), link_id=link_id, editor_id=current_editor().id)
    flash(gettext("The link rests. Whoever follows it lands in the shop with a friendly word."), "good")
    return redirect(url_for("studio_links.links"), code=303)


@bp.post("/<int:link_id>/resume")
@style_editor
def resume(link_id: int) -> Response:
    actions.resume_link(actor=current_person(), link_id=link_id, editor_id=current_editor().id)
    flash(gettext("The link counts again."), "good")
    return redirect(url_for("studio_links.links"), code=303)


def _page(wrong: str | None = None) -> str:
    editor = current_editor()
    query = request.values.get("q", "").strip()[:80]
    mine = looks_of(editor.id, on_show_only=True)
    return render_template(
        "editors/studio/links.html",
        editor=editor,
        links=queries.links_of(editor.id),
        looks=mine,
        chosen=asked_number("look"),
        gatherings=gatherings_of(editor.id),
        collections=shown_collections(1)[0],
        name_of=name_of,
        ails={link: told(problem) for link, problem in findings_of(editor.id).items()},
        query=query,
        found=find_products(query, FOUND_AT_ONCE) if query else [],
        base_url=current().base_url,
        wrong=wrong,
    )

"""Looks at the editor's desk: the list, and the form that puts one together."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.looks import actions, arranging, errors, queries
from editors.looks.forms import LookForm, Rail, draft_of, rail_of, read_rail
from editors.looks.laying import numbers_of
from editors.looks.models import MOST_OF_ONE, MOST_PIECES, Look, LookStatus
from editors.looks.pictures import page_values
from editors.membership.guards import current_editor, style_editor
from foundation.accounts.guards import current_person
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from storefront.catalog.queries import products_by_ids
from storefront.search.queries import find_products

bp = Blueprint("studio_looks", __name__, url_prefix="/studio/looks")

FOUND_AT_ONCE = 12


@bp.get("")
@style_editor
def looks() -> str:
    """All looks of the editor, those on show first."""
    mine = queries.looks_of(current_editor().id)
    order = [LookStatus.PUBLISHED, LookStatus.DRAFT, LookStatus.UNPUBLISHED]
    return render_template(
        "editors/studio/looks.html", looks=sorted(mine, key=lambda look: order.index(LookStatus(look.status)))
    )


@bp.get("/new")
@style_editor
def new() -> str:
    return _page(LookForm(formdata=None), Rail(query=request.args.get("q", "").strip()[:80]), None)


@bp.post("/new")
@style_editor
def create() -> Any:
    form, rail = LookForm(), read_rail(request.form)
    if not form.validate():
        return _page(form, rail, None), REFUSED
    editor = current_editor()
    look = actions.draft_look(actor=current_person(), editor_id=editor.id, draft=draft_of(form, rail))
    if request.form.get("do") == "publish":
        try:
            actions.publish_look(actor=current_person(), look_id=look.id, editor_id=editor.id)
        except errors.LookUnready as unready:
            return _page(form, rail, None, problems=unready.problems), REFUSED
        return _published(look)
    return _on_with(look, rail)


@bp.get("/<int:look_id>")
@style_editor
def edit(look_id: int) -> str:
    look = _mine(look_id)
    form = LookForm(formdata=None, obj=look)
    return _page(form, rail_of(look, request.args.get("q", "").strip()[:80]), look)


@bp.post("/<int:look_id>")
@style_editor
def save(look_id: int) -> Any:
    """Save, and then do what the pressed button says. Whatever goes wrong, what was typed stays."""
    look = _mine(look_id)
    stored = look.version
    form, rail = LookForm(), read_rail(request.form)
    if not form.validate():
        return _page(form, rail, look), REFUSED
    editor, actor = current_editor(), current_person()
    try:
        look = actions.change_look(
            actor=actor,
            look_id=look_id,
            editor_id=editor.id,
            version=form.version.data or 0,
            draft=draft_of(form, rail),
        )
        if request.form.get("do") == "publish":
            actions.publish_look(actor=actor, look_id=look_id, editor_id=editor.id)
            return _published(look)
        if request.form.get("do") == "arrange":
            arranging.arrange_again(actor=actor, look_id=look_id, editor_id=editor.id)
    except errors.LookChanged:
        form.version.data, form.version.raw_data = stored, None
        return _page(form, rail, look, changed=True), 409
    except errors.LookUnready as unready:
        return _page(form, rail, look, problems=unready.problems), REFUSED
    except Problem as refused:
        return _page(form, rail, look, problems=[refused]), refused.status
    if request.form.get("do") == "save":
        flash(gettext("Saved."), "good")
    return _on_with(look, rail)


@bp.post("/<int:look_id>/unpublish")
@style_editor
def unpublish(look_id: int) -> Response:
    actions.unpublish_look(actor=current_person(), look_id=look_id, editor_id=current_editor().id)
    flash(gettext("Taken down. Your links to it lead to your window until you publish it again."), "good")
    return redirect(url_for("studio_looks.edit", look_id=look_id), code=303)


def _mine(look_id: int) -> Look:
    look = queries.look_by_id(look_id)
    if look is None or look.editor_id != current_editor().id:
        raise errors.NoSuchLook()
    return look


def _on_with(look: Look, rail: Rail) -> Response:
    """Back to the form, at its pieces when they were what changed."""
    anchor = None if request.form.get("do") == "save" else "pieces"
    address = url_for("studio_looks.edit", look_id=look.id, q=rail.query or None, _anchor=anchor)
    return redirect(address, code=303)


def _published(look: Look) -> Response:
    flash(gettext("On show now. Its picture is being composed; that takes a moment."), "good")
    return redirect(url_for("studio_links.links", look=look.id), code=303)


def _page(
    form: LookForm,
    rail: Rail,
    look: Look | None,
    *,
    problems: list[Any] | None = None,
    changed: bool = False,
) -> str:
    products = {product.id: product for product in products_by_ids(rail.ids)}
    found = find_products(rail.query, FOUND_AT_ONCE) if rail.query else []
    return render_template(
        "editors/studio/look_form.html",
        form=form,
        rail=rail,
        chosen=[(piece, products[piece.product_id]) for piece in rail.pieces if piece.product_id in products],
        found=[product for product in found if product.id not in products],
        look=look,
        shown=page_values(look) if look and look.pieces and not changed and not problems else None,
        status=look.status if look else LookStatus.DRAFT,
        problems=problems or [],
        changed=changed,
        most=MOST_OF_ONE,
        most_pieces=MOST_PIECES,
        numbers={piece.product_id: numbers_of(piece) for piece in look.pieces} if look else {},
    )

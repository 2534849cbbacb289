"""Looks at the editor's desk: the list, and the form that puts one together."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks import actions, arranging, card_queries, errors, queries
from editors.looks.forms import LookForm, Rail, draft_of, rail_of, read_rail
from editors.looks.laying import numbers_of
from editors.looks.models import MOST_OF_ONE, MOST_PIECES, STYLE_WORDS, Look, LookStatus
from editors.looks.page.parts import page_of, rendered, rows_of_look
from editors.looks.pictures import page_values
from editors.looks.scheduling import schedule_look, unschedule_look
from editors.looks.versions import restore_version
from editors.membership.guards import current_editor, style_editor
from editors.studio.versions_page import versions_shown
from foundation import clock
from foundation.accounts.guards import current_person
from foundation.errors import Problem
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.numbers import sent_number
from storefront.catalog.queries import products_by_ids
from storefront.search.queries import find_products

bp = Blueprint("studio_looks", __name__, url_prefix="/studio/looks")

FOUND_AT_ONCE = 12


@bp.get("")
@style_editor
def looks() -> str:
    """All looks of the editor, those on show first, or those of one state (drafts)."""
    mine = card_queries.looks_of(current_editor().id)
    order = [LookStatus.PUBLISHED, LookStatus.DRAFT, LookStatus.UNPUBLISHED]
    asked = request.args.get("state", "")
    state = LookStatus(asked) if asked in set(LookStatus) else None
    return render_template(
        "editors/studio/looks.html",
        looks=sorted(
            (look for look in mine if state in (None, look.status)),
            key=lambda look: order.index(LookStatus(look.status)),
        ),
        counts=[(one, count) for one in order if (count := sum(look.status == one for look in mine))],
        all=len(mine),
        state=state,
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
    if look.publish_at is not None:
        form.publish_at.data = look.publish_at.astimezone(ZoneInfo(current().timezone))
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
        if request.form.get("do") == "schedule":
            at = form.publish_at.data
            moment = at.replace(tzinfo=ZoneInfo(current().timezone)) if at else clock.now()
            schedule_look(actor=actor, look_id=look_id, editor_id=editor.id, at=moment)
            flash(gettext("It goes on show by itself then. Until that moment only you see it."), "good")
            return redirect(url_for("studio_looks.edit", look_id=look_id), code=303)
        if request.form.get("do") == "unschedule":
            unschedule_look(actor=actor, look_id=look_id, editor_id=editor.id)
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


@bp.get("/<int:look_id>/preview")
@style_editor
def preview(look_id: int) -> str:
    """The look as shoppers will see it, whatever its status."""
    _mine(look_id)
    look = queries.look_preview(look_id)
    if look is None:
        raise errors.NoSuchLook()
    return page_of(rendered(look, rows_of_look(look), None, preview=True), preview=True)


@bp.get("/<int:look_id>/versions")
@style_editor
def versions(look_id: int) -> str:
    """What the look was, the latest first."""
    look = _mine(look_id)
    return render_template("editors/studio/versions.html", look=look, versions=versions_shown(look_id))


@bp.post("/<int:look_id>/versions/<int:number>")
@style_editor
def restore(look_id: int, number: int) -> Response:
    """Make the look what it was."""
    version = sent_number("version") or 0
    try:
        restored = restore_version(
            actor=current_person(),
            look_id=look_id,
            editor_id=current_editor().id,
            version=version,
            number=number,
        )
    except (errors.LookChanged, errors.LookUnready) as refused:
        reasons = getattr(refused, "problems", [refused])
        flash(" ".join(map(str, reasons)), "warn")
        return redirect(url_for("studio_looks.versions", look_id=look_id), code=303)
    flash(gettext("It is again what it was. The version before stays in this list."), "good")
    if restored.left_out:
        flash(
            ngettext(
                "%(num)s piece left the shop since and stayed out.",
                "%(num)s pieces left the shop since and stayed out.",
                restored.left_out,
            ),
            "warn",
        )
    return redirect(url_for("studio_canvas.canvas", look_id=look_id), code=303)


@bp.post("/<int:look_id>/unpublish")
@style_editor
def unpublish(look_id: int) -> Response:
    actions.unpublish_look(actor=current_person(), look_id=look_id, editor_id=current_editor().id)
    flash(
        gettext("Taken down. Your links to it now lead to what comes closest."),
        "good",
    )
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
    """On show, with its plain link made: what comes next is to share it."""
    flash(gettext("On show now. Its picture is being composed; that takes a moment."), "good")
    link = make_link(
        actor=current_person(), editor_id=look.editor_id, target=LinkTarget.LOOK, look_id=look.id
    )
    return redirect(url_for("share.kit", code=link.code), code=303)


def _page(
    form: LookForm,
    rail: Rail,
    look: Look | None,
    *,
    problems: list[Any] | None = None,
    changed: bool = False,
) -> str:
    products = {product.id: product for product in products_by_ids(rail.ids)}
    stored = {piece.product_id: numbers_of(piece) for piece in look.pieces} if look else {}
    typed = {piece.product_id: piece.numbers for piece in rail.pieces if piece.numbers}
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
        now=clock.now(),
        styles_to_choose=[
            (key, words, key in (form.styles.data or ())) for key, words in STYLE_WORDS.items()
        ],
        numbers=stored | typed,
        moved={product_id for product_id, numbers in typed.items() if numbers != stored.get(product_id)},
    )

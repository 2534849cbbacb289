"""The canvas of a look: its page, what it saves, and the drawer of pieces beside it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from editors.looks import arranging, errors, piece_queries, queries
from editors.looks.canvas import arrangements
from editors.looks.canvas.arrangements import TEMPLATES, Arrangement
from editors.looks.canvas.grounds import GROUNDS, fill_of, pattern_of
from editors.looks.canvas.scene import FACE_WORDS, INK_WORDS, Scene
from editors.looks.laying import beyond_lying, bought_with
from editors.looks.models import Look
from editors.looks.pictures import page_values
from editors.looks.schemas import MOST_BYTES, read_scene
from editors.membership.guards import current_editor, style_editor
from editors.share.queries import stand_ins
from editors.studio.canvas_page import canvas_values, pieces_values, sum_of
from editors.studio.drawer import SHELF_WORDS, Shelf, pieces_on
from foundation.accounts.guards import current_person
from foundation.i18n import pick
from foundation.web.numbers import asked_number
from storefront.catalog.queries import products_by_ids

bp = Blueprint("studio_canvas", __name__, url_prefix="/studio/looks")


@bp.post("/begin")
@style_editor
def begin() -> Response:
    """An empty canvas."""
    look = arranging.begin_look(actor=current_person(), editor_id=current_editor().id)
    return redirect(url_for("studio_canvas.canvas", look_id=look.id), code=303)


@bp.get("/<int:look_id>/canvas")
@style_editor
def canvas(look_id: int) -> str | Response:
    look = _mine(look_id)
    if look.photo_key is not None:
        return redirect(url_for("studio_photos.tag", look_id=look_id))
    shelf, typed = _asked()
    return render_template(
        "editors/studio/canvas.html",
        look=look,
        shown=page_values(look),
        values=canvas_values(look, products_by_ids(piece.product_id for piece in look.pieces)),
        grounds=GROUNDS,
        fills={ground: fill_of(ground) for ground in GROUNDS},
        patterns={ground: Markup(pattern_of(ground)) for ground in GROUNDS},
        face_words=FACE_WORDS,
        ink_words=INK_WORDS,
        shelf_words=SHELF_WORDS,
        templates=TEMPLATES,
        shelf=shelf,
        typed=typed,
        picks=_picks(look, shelf, typed),
    )


@bp.post("/<int:look_id>/canvas")
@style_editor
def save(look_id: int) -> Any:
    """Keep what the canvas says; the answer is the version to go on from, and what the look costs."""
    version, scene = _sent()
    look = arranging.arrange_look(
        actor=current_person(),
        look_id=look_id,
        editor_id=current_editor().id,
        version=version,
        scene=scene,
    )
    bought = {piece.product_id: piece.quantity for piece in look.pieces}
    return jsonify(version=look.version, total=sum_of(bought, products_by_ids(bought)))


@bp.post("/<int:look_id>/total")
@style_editor
def total(look_id: int) -> Any:
    """What the look would cost if it were what the canvas says; nothing is saved."""
    look = _mine(look_id)
    _, scene = _sent()
    bought = bought_with(scene, beyond_lying(look))
    return jsonify(total=sum_of(bought, products_by_ids(bought)))


@bp.post("/<int:look_id>/copy")
@style_editor
def copy(look_id: int) -> Any:
    """Keep what the canvas says as another look, when this one was changed elsewhere."""
    _, scene = _sent()
    look = arranging.copy_look(
        actor=current_person(), look_id=look_id, editor_id=current_editor().id, scene=scene
    )
    return jsonify(href=url_for("studio_canvas.canvas", look_id=look.id))


@bp.post("/<int:look_id>/arranged")
@style_editor
def arranged(look_id: int) -> Any:
    """What lies on the canvas, laid out anew in one of our ways; nothing is saved."""
    look = _mine(look_id)
    _, scene = _sent()
    wanted = request.args.get("as", "")
    if wanted not in set(Arrangement):
        raise errors.NoSuchLook()
    garments = piece_queries.garments_of(scene.lying)
    if len(garments) < len(scene.lying):
        raise errors.NoSuchLook()
    sizes = {product: shape.for_layout() for product, shape in garments.items()}
    title = pick(look.title, look.title_it)
    return jsonify(arrangements.arranged(scene, sizes, Arrangement(wanted), title).as_dict())


@bp.get("/<int:look_id>/drawer")
@style_editor
def drawer(look_id: int) -> str:
    """The pieces of one shelf, as a part of the page."""
    look = _mine(look_id)
    shelf, typed = _asked()
    return render_template(
        "editors/studio/_picks.html", look=look, shelf=shelf, typed=typed, picks=_picks(look, shelf, typed)
    )


def _mine(look_id: int) -> Look:
    look = queries.look_by_id(look_id)
    if look is None or look.editor_id != current_editor().id:
        raise errors.NoSuchLook()
    return look


def _sent() -> tuple[int, Scene]:
    request.max_content_length = MOST_BYTES + 1  # a body in chunks names no length and ends there
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise errors.CanvasTooLarge() from None
    if len(body) > MOST_BYTES:
        raise errors.CanvasTooLarge()
    return read_scene(body)


def _asked() -> tuple[Shelf, str]:
    name = request.args.get("from", "")
    return Shelf(name) if name in set(Shelf) else Shelf.SHOP, request.args.get("q", "").strip()[:80]


def _picks(look: Look, shelf: Shelf, typed: str) -> list[dict[str, Any]]:
    """The pieces of a shelf; instead of one that has gone, those that could stand in for it."""
    gone = asked_number("instead") or 0
    if gone in {piece.product_id for piece in look.pieces}:
        return pieces_values(products_by_ids(stand_ins(gone)), instead=gone)
    return pieces_values(pieces_on(shelf, typed, look, current_editor().account_id))

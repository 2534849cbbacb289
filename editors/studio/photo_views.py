"""A look that begins with a photograph: sent once, then its pieces are pointed at; no script is needed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.looks import errors, queries, tagging
from editors.looks.canvas.scene import FARTHEST_X, FARTHEST_Y
from editors.looks.models import Look
from editors.looks.painting.photo import NARROWEST, TooSmall, cut_photo
from editors.looks.pictures import page_values, spots_of
from editors.membership.features import Feature
from editors.membership.guards import current_editor, style_editor
from editors.membership.ports import refuse_without
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing, in_steps, leave_transaction, unit_of_work
from foundation.errors import Problem
from foundation.files.pictures import MAX_BYTES, NotAPicture
from foundation.files.refusals import refusal
from foundation.files.sights import SIGHT_WORDS, asked_sight
from foundation.files.storage import store
from foundation.web.fields import REFUSED
from foundation.web.numbers import asked_number, sent_number
from foundation.web.uploads import MEGABYTE, takes_files
from storefront.search.queries import find_products

bp = Blueprint("studio_photos", __name__, url_prefix="/studio/looks")

#: How wide and tall the photograph stands on the page, in CSS pixels: so a tap is a point without a script.
SHOWN_WIDTH, SHOWN_HEIGHT = 324, 432
FOUND_AT_ONCE = 12


@bp.get("/photo")
@style_editor
def new() -> str:
    """Where a photograph is chosen."""
    refuse_without(Feature.PHOTO_LOOKS, current_editor().id)
    return _upload_page(None)


@bp.post("/photo")
@style_editor
@takes_files(MAX_BYTES + MEGABYTE)
@in_steps
def begin() -> Response | tuple[str, int]:
    """Begin a look with the photograph that was sent, written again by us."""
    editor_id, actor = current_editor().id, current_person()
    refuse_without(Feature.PHOTO_LOOKS, editor_id)  # before a file is kept that nobody may use
    key = _kept_photo()
    if key.wrong:
        return _upload_page(None, key.wrong), REFUSED
    with unit_of_work():
        look_id = tagging.begin_with_photo(actor=actor, editor_id=editor_id, photo_key=key.name).id
    return redirect(url_for("studio_photos.tag", look_id=look_id), code=303)


@bp.get("/<int:look_id>/photo")
@style_editor
def tag(look_id: int) -> str:
    """The photograph with what was pointed at; a point in the address is where the next piece goes."""
    return _page(_mine(look_id))


@bp.post("/<int:look_id>/photo/change")
@style_editor
@takes_files(MAX_BYTES + MEGABYTE)
@in_steps
def change(look_id: int) -> Response | tuple[str, int]:
    """Another photograph under the same points."""
    look, editor_id, actor = _mine(look_id), current_editor().id, current_person()
    key = _kept_photo()
    if key.wrong:
        return _upload_page(look, key.wrong), REFUSED
    with unit_of_work():
        tagging.change_photo(actor=actor, look_id=look_id, editor_id=editor_id, photo_key=key.name)
    return redirect(url_for("studio_photos.tag", look_id=look_id), code=303)


@bp.get("/<int:look_id>/photo/change")
@style_editor
def another(look_id: int) -> str:
    """Where another photograph is chosen."""
    return _upload_page(_mine(look_id))


@bp.post("/<int:look_id>/photo/tags")
@style_editor
def put(look_id: int) -> Any:
    """A piece at a point, or another point for it; what cannot be is said, and the point stays."""
    across, down = _percent(sent_number("across") or 0), _percent(sent_number("down") or 0)
    try:
        with all_or_nothing():
            tagging.tag_piece(
                actor=current_person(),
                look_id=look_id,
                editor_id=current_editor().id,
                product_id=sent_number("product") or 0,
                x=round(across * FARTHEST_X / 100),
                y=round(down * FARTHEST_Y / 100),
            )
    except errors.NoSuchLook:
        raise
    except Problem as refused:
        return _page(_mine(look_id), (across, down), _why(refused)), refused.status
    return redirect(url_for("studio_photos.tag", look_id=look_id), code=303)


@bp.post("/<int:look_id>/photo/untag")
@style_editor
def untag(look_id: int) -> Any:
    """Take a piece off."""
    try:
        with all_or_nothing():
            tagging.untag_piece(
                actor=current_person(),
                look_id=look_id,
                editor_id=current_editor().id,
                product_id=sent_number("product") or 0,
            )
    except errors.LookUnready as unready:
        return _page(_mine(look_id), None, _why(unready)), unready.status
    flash(gettext("Taken off the photograph."), "good")
    return redirect(url_for("studio_photos.tag", look_id=look_id), code=303)


def _why(refused: Problem) -> str:
    return " ".join(str(one) for one in getattr(refused, "problems", [refused]))


class _Kept:
    """The file of a photograph that was sent, or what is wrong with it."""

    def __init__(self, name: str = "", wrong: str = "") -> None:
        self.name, self.wrong = name, wrong


def _kept_photo() -> _Kept:
    file = request.files.get("photo")
    sight = asked_sight(request.form.get("sight", ""))
    leave_transaction()  # writing a picture again takes a second, and it may be kept on another machine
    if file is None or not file.filename:
        return _Kept(wrong=gettext("Choose a photograph first."))
    try:
        return _Kept(store(cut_photo(file.read(), sight), ".webp"))
    except TooSmall:
        return _Kept(
            wrong=gettext(
                "%(name)s is too small: %(least)s pixels across are the least.",
                name=file.filename[:80],
                least=NARROWEST,
            )
        )
    except NotAPicture as problem:
        return _Kept(wrong=refusal(file.filename, problem))


def _mine(look_id: int) -> Look:
    look = queries.look_by_id(look_id)
    if look is None or look.editor_id != current_editor().id or look.photo_key is None:
        raise errors.NoSuchLook()
    return look


def _upload_page(look: Look | None, wrong: str = "") -> str:
    return render_template("editors/studio/photo_new.html", look=look, wrong=wrong, sights=SIGHT_WORDS)


def _page(look: Look, point: tuple[int, int] | None = None, wrong: str = "") -> str:
    point = point or _asked_point()
    typed = request.args.get("q", "").strip()[:80]
    tagged = {piece.product_id for piece in look.pieces}
    found = find_products(typed, FOUND_AT_ONCE) if point else []
    names = [piece.product.name for piece in look.pieces]
    return render_template(
        "editors/studio/photo.html",
        look=look,
        shown=page_values(look),
        spots=spots_of(look.pieces, names),
        point=point,
        typed=typed,
        found=[product for product in found if product.id not in tagged],
        wrong=wrong,
        width=SHOWN_WIDTH,
        height=SHOWN_HEIGHT,
    )


def _asked_point() -> tuple[int, int] | None:
    """Where was tapped, or the two numbers beside the photograph: percents of it. None for neither.

    A button of a picture that is pressed by a key says it was tapped in its corner: that is no point.
    """
    tapped = asked_number("at.x"), asked_number("at.y")
    if any(tapped):
        return (
            _percent((tapped[0] or 0) * 100 // SHOWN_WIDTH),
            _percent((tapped[1] or 0) * 100 // SHOWN_HEIGHT),
        )
    typed = asked_number("across"), asked_number("down")
    return (_percent(typed[0] or 0), _percent(typed[1] or 0)) if any(typed) else None


def _percent(number: int) -> int:
    return min(number, 100)

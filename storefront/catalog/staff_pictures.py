"""`/staff/products/<id>/pictures`: bring pictures in, put them in order, say what they show."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.models import AuditRow
from foundation.audit.queries import history
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.pictures import NotAPicture, Rendition, keep_picture
from foundation.files.refusals import refusal
from foundation.web.numbers import sent_numbers
from foundation.web.uploads import MEGABYTE, takes_files
from storefront.catalog.actions import attach_picture
from storefront.catalog.cards import picture_card
from storefront.catalog.drafts import PictureDraft
from storefront.catalog.errors import PictureNotFound, ProductNotFound
from storefront.catalog.forms import FOCUS, WordsForm
from storefront.catalog.hanging import (
    REMOVED,
    describe_picture,
    hang_again,
    move_picture,
    order_pictures,
    remove_picture,
)
from storefront.catalog.models import Focus
from storefront.catalog.queries import product_by_id

LARGEST = 40 * MEGABYTE
MOST = 8
MOST_HUNG, LATELY = 200, 50

bp = Blueprint("catalog_pictures", __name__, url_prefix="/staff/products/<int:product_id>/pictures")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def pictures(product_id: int) -> str:
    """Every picture of a product in its order, and a form for more."""
    return _page(product_id)


@bp.post("")
@permitted(Permission.CATALOGUE_EDIT)
@takes_files(LARGEST)
@in_steps
def upload(product_id: int) -> str | Response | tuple[str, int]:
    """Hang the pictures that were sent behind those there are, and say of each that cannot be taken why."""
    files = [file for file in request.files.getlist("pictures") if file.filename]
    staff = current_staff()
    leave_transaction()  # writing pictures again takes a second, and they may be kept on another machine
    kept, wrong = _kept(files)
    if not kept:
        return _page(product_id, wrong), 400
    with unit_of_work():
        for rendition in kept:
            attach_picture(actor=staff, product_id=product_id, rendition=_draft(rendition))
    number = len(kept)
    flash(ngettext("%(num)s picture hangs there now.", "%(num)s pictures hang there now.", number), "good")
    for sentence in wrong:
        flash(sentence, "bad")
    return _back(product_id)


@bp.post("/<int:picture_id>/move")
@permitted(Permission.CATALOGUE_EDIT)
def move(product_id: int, picture_id: int) -> Response:
    """One place earlier or later."""
    earlier = request.form.get("to") == "earlier"
    move_picture(actor=current_staff(), product_id=product_id, picture_id=picture_id, earlier=earlier)
    return _back(product_id, picture_id)


@bp.post("/order")
@permitted(Permission.CATALOGUE_EDIT)
def order(product_id: int) -> Response:
    """Every picture where it was dragged to."""
    order_pictures(
        actor=current_staff(),
        product_id=product_id,
        order=sent_numbers("picture")[:MOST_HUNG],
    )
    return _back(product_id)


@bp.post("/again/<int:act_id>")
@permitted(Permission.CATALOGUE_EDIT)
def again(product_id: int, act_id: int) -> Response:
    """Hang a picture again that was taken down."""
    for act in _taken_down(product_id):
        if act.id == act_id:
            hang_again(actor=current_staff(), product_id=product_id, act=act)
            flash(gettext("It hangs where it was."), "good")
            return _back(product_id)
    raise PictureNotFound()


@bp.post("/<int:picture_id>/words")
@permitted(Permission.CATALOGUE_EDIT)
def describe(product_id: int, picture_id: int) -> Response | tuple[str, int]:
    """What the picture shows, in both languages."""
    form = WordsForm()
    if not form.validate():
        return _page(product_id, [str(error) for errors in form.errors.values() for error in errors]), 400
    describe_picture(
        actor=current_staff(),
        product_id=product_id,
        picture_id=picture_id,
        alt=form.alt.data or "",
        alt_it=form.alt_it.data,
        focus=Focus(form.focus.data) if form.focus.data else None,
    )
    flash(gettext("The words are kept."), "good")
    return _back(product_id, picture_id)


@bp.post("/<int:picture_id>/remove")
@permitted(Permission.CATALOGUE_EDIT)
def remove(product_id: int, picture_id: int) -> Response:
    """Take a picture down."""
    remove_picture(actor=current_staff(), product_id=product_id, picture_id=picture_id)
    flash(gettext("The picture is taken down."), "good")
    return _back(product_id)


def _kept(files: list[FileStorage]) -> tuple[list[Rendition], list[str]]:
    """The pictures written again, or what is wrong with them, each by the name of its file."""
    if not files:
        return [], [gettext("Choose a picture first.")]
    if len(files) > MOST:
        return [], [gettext("%(most)s pictures at a time, please.", most=MOST)]
    kept, wrong = [], []
    for file in files:
        try:
            kept.append(keep_picture(file.read()))
        except NotAPicture as problem:
            wrong.append(refusal(file.filename, problem))
    return kept, wrong


def _draft(kept: Rendition) -> PictureDraft:
    return PictureDraft(
        small_key=kept.small_key,
        medium_key=kept.medium_key,
        large_key=kept.large_key,
        width=kept.width,
        height=kept.height,
    )


def _page(product_id: int, wrong: list[str] | None = None) -> str:
    product = product_by_id(product_id)
    if product is None:
        raise ProductNotFound()
    return render_template(
        "storefront/catalog/staff/pictures.html",
        product=product,
        pictures=[(picture, picture_card(product, picture)) for picture in product.pictures],
        wrong=wrong or [],
        focus=list(FOCUS.items()),
        down=_taken_down(product_id, {picture.large_key for picture in product.pictures}),
        most=MOST,
    )


def _taken_down(product_id: int, there: Collection[str | None] = ()) -> list[AuditRow]:
    """Pictures taken down lately that can hang again: the acts that took them down, the newest first."""
    acts: dict[str, AuditRow] = {}
    for act in history("product", product_id, limit=LATELY):
        key = str((act.before or {}).get("large_key") or "")
        if act.action == REMOVED and "small_key" in (act.before or {}) and key and key not in there:
            acts.setdefault(key, act)
    return list(acts.values())


def _back(product_id: int, picture_id: int | None = None) -> Response:
    anchor = f"picture-{picture_id}" if picture_id else None
    return redirect(url_for("catalog_pictures.pictures", product_id=product_id, _anchor=anchor), 303)

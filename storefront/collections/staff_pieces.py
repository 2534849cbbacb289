"""`/staff/collections/<id>/pieces`: the pieces of a collection by hand, their order; and its picture."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from foundation import settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.pictures import NotAPicture, Rendition, keep_picture
from foundation.files.refusals import refusal
from foundation.web.fields import REFUSED
from foundation.web.numbers import MOST_DIGITS
from foundation.web.uploads import MEGABYTE, takes_files
from storefront.catalog.queries import products_by_ids
from storefront.collections import actions
from storefront.collections.actions import PictureKeys
from storefront.collections.forms import CollectionForm
from storefront.collections.queries import collection_by_id
from storefront.collections.staff import page_of

LARGEST = 15 * MEGABYTE

bp = Blueprint("collections_pieces", __name__, url_prefix="/staff/collections/<int:collection_id>")


@bp.post("/pieces")
@permitted(Permission.CATALOGUE_EDIT)
def add(collection_id: int) -> Response:
    """Hang what was chosen behind the others."""
    known = [product.id for product in products_by_ids(_numbers("product_id"))]
    came = actions.add_pieces(actor=current_staff(), collection_id=collection_id, product_ids=known)
    if came:
        flash(ngettext("%(num)s piece came in.", "%(num)s pieces came in.", came), "good")
    return _back(collection_id, q=request.form.get("q", "")[:80] or None)


@bp.post("/pieces/<int:product_id>/move")
@permitted(Permission.CATALOGUE_EDIT)
def move(collection_id: int, product_id: int) -> Response:
    """One place earlier or later."""
    earlier = request.form.get("to") == "earlier"
    actions.move_piece(
        actor=current_staff(), collection_id=collection_id, product_id=product_id, earlier=earlier
    )
    return _back(collection_id)


@bp.post("/pieces/<int:product_id>/remove")
@permitted(Permission.CATALOGUE_EDIT)
def remove(collection_id: int, product_id: int) -> Response:
    """Take a piece out."""
    actions.remove_piece(actor=current_staff(), collection_id=collection_id, product_id=product_id)
    return _back(collection_id)


@bp.post("/pieces/order")
@permitted(Permission.CATALOGUE_EDIT)
def order(collection_id: int) -> Response:
    """The order in which the pieces were laid out by dragging."""
    actions.order_pieces(
        actor=current_staff(), collection_id=collection_id, product_ids=_numbers("product_id")
    )
    return _back(collection_id)


@bp.post("/picture")
@permitted(Permission.CATALOGUE_EDIT)
@takes_files(LARGEST)
@in_steps
def picture(collection_id: int) -> Response | tuple[str, int]:
    """Give it a picture: one from this device, or that of one of its pieces."""
    staff = current_staff()
    file = request.files.get("picture")
    keys = None
    if file is not None and file.filename:
        leave_transaction()  # writing a picture again takes a second, and it may be kept on another machine
        try:
            keys = _keys(keep_picture(file.read()))
        except NotAPicture as problem:
            found = collection_by_id(collection_id)
            form = CollectionForm.of(found, settings.current().timezone)
            return page_of(found, form, refusal(file.filename, problem)), REFUSED
    product = None if keys else next(iter(products_by_ids(_numbers("product_id"))), None)
    with unit_of_work():
        actions.set_picture(
            actor=staff,
            collection_id=collection_id,
            product_id=product.id if product is not None else None,
            brought=keys,
        )
    flash(_("Kept."), "good")
    return _back(collection_id, anchor="picture")


def _keys(kept: Rendition) -> PictureKeys:
    return PictureKeys(
        small_key=kept.small_key,
        medium_key=kept.medium_key,
        large_key=kept.large_key,
        width=kept.width,
        height=kept.height,
    )


def _numbers(name: str) -> list[int]:
    """The ids of a field, those that can be ids."""
    sent = request.form.getlist(name)[: actions.MOST_PIECES]
    return [int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS]


def _back(collection_id: int, *, q: str | None = None, anchor: str = "pieces") -> Response:
    return redirect(
        url_for("collections_staff.collection", collection_id=collection_id, q=q, _anchor=anchor), 303
    )

"""`/staff/collections`: what there is, what one says and by which rules, whether it is on the web."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.web.fields import REFUSED, stripped
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.catalog.cards import listed_card, picture_card
from storefront.catalog.categories import to_choose
from storefront.catalog.naming import title_and_colour
from storefront.catalog.queries import departments, products_by_ids
from storefront.collections import actions
from storefront.collections.errors import HandleTaken, NothingByThatRule
from storefront.collections.forms import CollectionForm, NewForm
from storefront.collections.models import Collection, CollectionStatus
from storefront.collections.parts import part_if
from storefront.collections.policy import Field, Kind, Matches, Order
from storefront.collections.queries import (
    STAFF_PAGE,
    collection_by_id,
    pieces_of,
    preview,
    staff_collections,
    words_in_use,
)
from storefront.collections.showing import found_words, made_by, picture_of
from storefront.search.queries import find_products

PICTURED = 12
FOUND = 12

bp = Blueprint("collections_staff", __name__, url_prefix="/staff/collections")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def collections() -> str:
    """Every collection, by title, found by a part of it; with a way back for what was archived just now."""
    wanted = request.args.get("state", "")
    status = CollectionStatus(wanted) if wanted in list(CollectionStatus) else None
    words = stripped(request.args.get("q", "")[:80]) or ""
    page = page_number()
    found = staff_collections(status, words, page)
    not_beyond(page, found.rows)

    def address(number: int = 1, state: CollectionStatus | None = status) -> str:
        return url_for(
            "collections_staff.collections",
            state=state and str(state),
            q=words or None,
            page=number if number > 1 else None,
        )

    names = {
        None: _("In use"),
        CollectionStatus.PUBLISHED: _("On the web"),
        CollectionStatus.DRAFT: _("Drafts"),
        CollectionStatus.ARCHIVED: _("Archived"),
    }
    return render_template(
        "storefront/collections/staff/collections.html",
        rows=[(one, made_by(one), _state(one)) for one in found.rows],
        tabs=tabs(names, status, lambda key: address(state=key)),
        status=status,
        words=words,
        page=page,
        pages=pages_of(found.total, STAFF_PAGE),
        previous=address(page - 1),
        following=address(page + 1),
        archived=_just_archived(),
    )


@bp.get("/new")
@permitted(Permission.CATALOGUE_EDIT)
def new() -> str:
    """The form of a new collection."""
    return render_template("storefront/collections/staff/new.html", form=NewForm(formdata=None))


@bp.post("/new")
@permitted(Permission.CATALOGUE_EDIT)
def create() -> Response | tuple[str, int]:
    """Make a collection, as a draft."""
    form = NewForm()
    if form.validate():
        try:
            made = actions.make_collection(
                actor=current_staff(),
                title=str(form.title.data),
                title_it=form.title_it.data or None,
                kind=Kind(form.kind.data),
            )
        except HandleTaken as taken:
            form.title.errors = (str(taken),)
        else:
            flash(_("%(name)s is a draft. Only you and your colleagues see it.", name=made.name), "good")
            return _to(made.id)
    return render_template("storefront/collections/staff/new.html", form=form), REFUSED


@bp.get("/<int:collection_id>")
@permitted(Permission.CATALOGUE_EDIT)
def collection(collection_id: int) -> str:
    """One collection, everything about it, and what it holds now."""
    found = collection_by_id(collection_id)
    return page_of(found, CollectionForm.of(found, settings.current().timezone))


@bp.post("/<int:collection_id>")
@permitted(Permission.CATALOGUE_EDIT)
def change(collection_id: int) -> Response | tuple[str, int]:
    """Keep what was changed."""
    found = collection_by_id(collection_id)
    form = _sent(found)
    valid = form.validate()
    if form.complete() and valid:
        draft = form.draft(settings.current().timezone)
        try:
            actions.change_collection(actor=current_staff(), collection_id=collection_id, draft=draft)
        except HandleTaken as taken:
            form.handle.errors = (str(taken),)
        else:
            flash(_("Kept."), "good")
            return _to(collection_id)
    return page_of(found, form), REFUSED


@bp.post("/<int:collection_id>/preview")
@permitted(Permission.CATALOGUE_EDIT)
def look_ahead(collection_id: int) -> str:
    """The same page with what was typed, and what it would find; nothing is kept."""
    found = collection_by_id(collection_id)
    form = _sent(found)
    form.validate()
    form.complete()
    return page_of(found, form)


@bp.post("/<int:collection_id>/publish")
@permitted(Permission.CATALOGUE_EDIT)
def publish(collection_id: int) -> Response:
    """Put it on the web."""
    try:
        shown = actions.publish_collection(actor=current_staff(), collection_id=collection_id)
    except NothingByThatRule as nothing:
        flash(str(nothing), "bad")
    else:
        flash(_("%(name)s is on the web.", name=shown.name), "good")
    return _to(collection_id)


@bp.post("/<int:collection_id>/unpublish")
@permitted(Permission.CATALOGUE_EDIT)
def unpublish(collection_id: int) -> Response:
    """Make it a draft again."""
    hidden = actions.unpublish_collection(actor=current_staff(), collection_id=collection_id)
    flash(_("%(name)s is a draft again.", name=hidden.name), "good")
    return _to(collection_id)


@bp.post("/<int:collection_id>/archive")
@permitted(Permission.CATALOGUE_EDIT)
def archive(collection_id: int) -> Response:
    """Put it away; the list offers the way back."""
    was = collection_by_id(collection_id).status
    actions.archive_collection(actor=current_staff(), collection_id=collection_id)
    return redirect(url_for("collections_staff.collections", archived=collection_id, was=str(was)), 303)


@bp.post("/<int:collection_id>/restore")
@permitted(Permission.CATALOGUE_EDIT)
def restore(collection_id: int) -> Response:
    """Bring it back, to where it was or as a draft."""
    published = request.form.get("to") == CollectionStatus.PUBLISHED
    to = CollectionStatus.PUBLISHED if published else CollectionStatus.DRAFT
    back = actions.restore_collection(actor=current_staff(), collection_id=collection_id, to=to)
    flash(_("%(name)s is back from the archive.", name=back.name), "good")
    return _to(collection_id)


def page_of(found: Collection, form: CollectionForm, wrong: str = "") -> str:
    """The page of one collection, with a form as it was sent or as the collection is.

    `wrong` is what is wrong with a picture.
    """
    form.offer(Kind(found.kind), _departments(found))
    by_hand = found.kind == Kind.HAND
    typed = stripped(request.args.get("q", "")[:80]) or ""
    looked = preview(_wanted(found, form), PICTURED)
    held = products_by_ids(pieces_of(found.id) if by_hand else [])
    known = {one.id for one in held}
    results = [
        one for one in (find_products(typed, FOUND) if by_hand and typed else []) if one.id not in known
    ]
    return render_template(
        "storefront/collections/staff/collection.html",
        collection=found,
        form=form,
        by_hand=by_hand,
        status=_state(found),
        picture=picture_of(found),
        cards=[listed_card(row) | {"product_id": None, "more": None} for row in looked.rows],
        pictures=[(row.id, title_and_colour(row)) for row in looked.rows],
        counted=found_words(looked.total, looked.bounded, len(looked.rows)),
        held=held,
        typed=typed,
        results=results,
        covers={one.id: picture_card(one, one.cover) for one in (*held, *results)},
        words=[] if by_hand else words_in_use(),
        history=history("collection", found.id, limit=20),
        wrong=wrong,
        currency=settings.current().currency,
        shown=found.is_shown(clock.now()),
    )


def _wanted(found: Collection, form: CollectionForm) -> Any:
    matches, sort = form.fits.data or Matches.ALL, form.sort.data or Order.NEWEST
    return part_if(
        found,
        Matches(matches) if matches in list(Matches) else Matches.ALL,
        form.wanted_rules(),
        Order(sort) if sort in list(Order) else Order.NEWEST,
    )


def _sent(found: Collection) -> CollectionForm:
    form = CollectionForm()
    form.offer(Kind(found.kind), _departments(found))
    return form


def _departments(found: Collection) -> list[tuple[str, str]]:
    """Those with pieces, those we know, and those its rules name, which may be neither by now."""
    named = [one.words for one in found.rules if one.field == Field.CATEGORY and one.words]
    return to_choose([*named, *(key for key, _count in departments())])


def _just_archived() -> dict[str, Any] | None:
    number = request.args.get("archived", "")
    if not (number.isdecimal() and len(number) < 18):
        return None
    found = collection_by_id(int(number))
    if found.status != CollectionStatus.ARCHIVED:
        return None
    return {"id": found.id, "name": found.name, "was": request.args.get("was", "")}


def _state(found: Collection) -> tuple[str, str]:
    now = clock.now()
    if found.status == CollectionStatus.ARCHIVED:
        return _("Archived"), ""
    if found.status == CollectionStatus.DRAFT:
        return _("Draft"), "warn"
    if found.is_shown(now):
        return _("On the web"), "good"
    return (_("Over"), "") if found.ends_at is not None and found.ends_at <= now else (_("Not yet"), "warn")


def _to(collection_id: int) -> Response:
    return redirect(url_for("collections_staff.collection", collection_id=collection_id), 303)

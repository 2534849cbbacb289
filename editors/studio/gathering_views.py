"""The collections of an editor at their desk, and the looks at the front of their window."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from editors.gatherings import actions, queries
from editors.gatherings.errors import NoSuchGathering, NothingGathered, NotToBePinned
from editors.gatherings.forms import GatheringForm
from editors.gatherings.models import MOST_PINS, Gathering
from editors.gatherings.showing import in_a_list, things_of
from editors.looks.card_queries import looks_of
from editors.looks.cards import LookCard
from editors.looks.models import LookStatus
from editors.membership.guards import current_editor, style_editor
from editors.share.health import check_links
from editors.share.queries import links_of_gathering
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing
from foundation.states import IllegalMove
from foundation.web.fields import REFUSED, stripped
from foundation.web.numbers import MOST_DIGITS
from storefront.catalog.cards import picture_card
from storefront.search.queries import find_products

bp = Blueprint("studio_gatherings", __name__, url_prefix="/studio/collections")

FOUND_AT_ONCE = 8


@bp.get("")
@style_editor
def gatherings() -> str:
    """All collections, a form for a new one, and what hangs at the front."""
    return _list(GatheringForm(formdata=None))


@bp.post("")
@style_editor
def make() -> Any:
    """Begin a collection."""
    form = GatheringForm()
    if not form.validate():
        return _list(form), REFUSED
    made = actions.make_gathering(actor=current_person(), editor_id=current_editor().id, draft=form.draft)
    flash(gettext("Begun. Now put something in."), "good")
    return _back(made.id)


@bp.post("/front")
@style_editor
def front() -> Any:
    """Choose the cover of the window, and up to three looks that hang at its front."""
    editor, actor = current_editor(), current_person()
    chosen = [one for name in ("cover", "look") for one in request.form.getlist(name) if one]
    cover, looks = _numbers("cover"), _numbers("look")
    try:
        if len(cover) + len(looks) != len(chosen):
            raise NotToBePinned()
        with all_or_nothing():
            actions.choose_cover(actor=actor, editor_id=editor.id, look_id=cover[0] if cover else None)
            actions.pin_looks(actor=actor, editor_id=editor.id, look_ids=looks)
    except NotToBePinned as refused:
        return _list(GatheringForm(formdata=None), wrong=str(refused)), REFUSED
    flash(gettext("Your window begins so now."), "good")
    return redirect(url_for("studio_gatherings.gatherings", _anchor="front"), 303)


@bp.get("/<int:gathering_id>")
@style_editor
def gathering(gathering_id: int) -> str:
    """One collection: its words, what is in it, and what else could be."""
    found = _mine(gathering_id)
    return _page(found, GatheringForm(formdata=None, obj=found))


@bp.post("/<int:gathering_id>")
@style_editor
def save(gathering_id: int) -> Any:
    """Save the words, then do what the pressed button says."""
    found = _mine(gathering_id)
    form = GatheringForm()
    if not form.validate():
        return _page(found, form), REFUSED
    named: dict[str, Any] = {
        "actor": current_person(),
        "editor_id": current_editor().id,
        "gathering_id": gathering_id,
    }
    actions.change_gathering(**named, draft=form.draft)
    said = gettext("Saved.")
    try:
        if request.form.get("do") == "publish":
            actions.publish_gathering(**named)
            said = gettext("It is in your window now.")
        elif request.form.get("do") == "hide":
            actions.hide_gathering(**named)
            said = gettext("Only you see it now.")
    except NothingGathered as refused:
        return _page(found, form, wrong=str(refused)), REFUSED
    except IllegalMove:
        pass  # pressed in two windows: it is as they wish
    check_links(links_of_gathering(gathering_id))
    flash(said, "good")
    return _back(gathering_id)


@bp.post("/<int:gathering_id>/remove")
@style_editor
def remove(gathering_id: int) -> Response:
    """Put the collection away."""
    actions.remove_gathering(actor=current_person(), editor_id=current_editor().id, gathering_id=gathering_id)
    check_links(links_of_gathering(gathering_id))
    flash(gettext("Put away. The looks are still yours."), "good")
    return redirect(url_for("studio_gatherings.gatherings"), 303)


@bp.post("/<int:gathering_id>/items")
@style_editor
def add(gathering_id: int) -> Response:
    """Put in a look or a piece: `what` is `look-7` or `product-7`."""
    kind, _, number = request.form.get("what", "").partition("-")
    key = int(number) if number.isdecimal() and len(number) <= MOST_DIGITS else 0
    try:
        actions.add_item(
            actor=current_person(),
            editor_id=current_editor().id,
            gathering_id=gathering_id,
            look_id=key if kind == "look" else None,
            product_id=key if kind == "product" else None,
        )
    except actions.GatheringFull as refused:
        flash(str(refused), "warn")
    return _back(gathering_id, q=request.form.get("q", "")[:80] or None)


@bp.post("/<int:gathering_id>/items/order")
@style_editor
def order(gathering_id: int) -> Response:
    """The order in which the things were laid out by dragging."""
    actions.order_items(
        actor=current_person(),
        editor_id=current_editor().id,
        gathering_id=gathering_id,
        item_ids=_numbers("item"),
    )
    return _back(gathering_id)


@bp.post("/<int:gathering_id>/items/<int:item_id>")
@style_editor
def change_item(gathering_id: int, item_id: int) -> Response:
    """One place earlier or later, or out."""
    named = _named(gathering_id) | {"item_id": item_id}
    act = request.form.get("do")
    if act == "out":
        actions.remove_item(**named)
    else:
        actions.move_item(**named, earlier=act == "earlier")
    return _back(gathering_id)


def _list(form: GatheringForm, wrong: str = "") -> str:
    editor = current_editor()
    looks = _on_show(editor.id)
    front = queries.front_of(editor.id)
    return render_template(
        "editors/studio/gatherings.html",
        editor=editor,
        form=form,
        wrong=wrong,
        gatherings=in_a_list(queries.gatherings_of(editor.id, every=True)),
        looks=looks,
        cover=front.cover,
        places=[front.pins[place] if place < len(front.pins) else None for place in range(MOST_PINS)],
    )


def _page(found: Gathering, form: GatheringForm, wrong: str = "") -> str:
    editor = current_editor()
    items = queries.items_of(found.id)
    things = things_of(items)
    held = {(item.look_id, item.product_id) for item in items}
    typed = stripped(request.args.get("q", "")[:80]) or ""
    results = find_products(typed, FOUND_AT_ONCE) if typed else []
    return render_template(
        "editors/studio/gathering.html",
        editor=editor,
        gathering=found,
        form=form,
        things=things,
        unseen=len(items) - len(things),
        looks=[look for look in _on_show(editor.id) if (look.id, None) not in held],
        found=[(one, picture_card(one, one.cover)) for one in results if (None, one.id) not in held],
        typed=typed,
        wrong=wrong,
    )


def _on_show(editor_id: int) -> list[LookCard]:
    """What somebody may gather and hang: looks of their own, not those they only put a hand to."""
    own = (look for look in looks_of(editor_id) if look.editor_id == editor_id)
    return [look for look in own if look.status == LookStatus.PUBLISHED]


def _mine(gathering_id: int) -> Gathering:
    found = queries.gathering_by_id(gathering_id)
    if found is None or found.editor_id != current_editor().id:
        raise NoSuchGathering()
    return found


def _named(gathering_id: int) -> dict[str, Any]:
    return {"actor": current_person(), "editor_id": current_editor().id, "gathering_id": gathering_id}


def _numbers(name: str) -> list[int]:
    sent = request.form.getlist(name)[: actions.MOST_ITEMS]
    return [int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS]


def _back(gathering_id: int, **values: Any) -> Response:
    return redirect(url_for("studio_gatherings.gathering", gathering_id=gathering_id, **values), 303)

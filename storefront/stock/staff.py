from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from foundation import clock, ids
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.errors import Problem
from foundation.spreadsheets import NotASheet
from foundation.staff.queue import Job
from foundation.web.fields import REFUSED
from foundation.web.numbers import asked_number, not_beyond, page_number
from foundation.web.tabs import tabs
from storefront.catalog.naming import title_and_colour
from storefront.places.models import WEB_WAREHOUSE, Place
from storefront.places.queries import every_place
from storefront.stock import keeping
from storefront.stock.delivery import Line, Wrong, file_lines, typed_lines, understood
from storefront.stock.errors import AlreadyMoved
from storefront.stock.forms import CarryForm, CorrectForm, MarkForm, ReceiveForm
from storefront.stock.listing import (
    Shown,
    low_marks,
    movements_of,
    places_of,
    running_low,
    shelves,
    variant_with_product,
)
from storefront.stock.policy import LOW
from storefront.stock.words import kind_words, shown_words

bp = Blueprint("stock_staff", __name__, url_prefix="/staff/stock")

LINES, MORE_LINES, MOST_TYPED = 8, 8, 200


@bp.get("")
@permitted(Permission.STOCK_KEEP)
def stock() -> str:
    """What lies at a place: all of it, or what runs low, ran out, or was sold below zero."""
    places = every_place()
    place_id = asked_number("place") or WEB_WAREHOUSE
    place = next((one for one in places if one.id == place_id), places[0])
    wanted = request.args.get("show", "")
    shown = Shown(wanted) if wanted in list(Shown) else Shown.ALL
    words = " ".join(request.args.get("q", "")[:80].split())
    page = page_number()
    found = shelves(place.id, shown, words, page)
    not_beyond(page, found.rows)

    def address(**changed: Any) -> str:
        asked: dict[str, Any] = {"place": place.id, "show": str(shown), "q": words or None, "page": None}
        return url_for("stock_staff.stock", **(asked | changed))

    return render_template(
        "storefront/stock/staff/stock.html",
        found=found,
        place=place,
        places=[(one.id, one.name) for one in places],
        shown=shown,
        words=words,
        tabs=tabs(shown_words(), shown, lambda key: address(show=str(key)), found.counts),
        page=page,
        previous=address(page=page - 1) if page > 1 else None,
        following=address(page=page + 1) if page < found.pages else None,
    )


@bp.get("/<int:variant_id>")
@permitted(Permission.STOCK_KEEP)
def variant(variant_id: int) -> str:
    """One size: what lies where, what came and went, and what staff can do about it."""
    return _page(variant_id)


@bp.post("/<int:variant_id>/correct")
@permitted(Permission.STOCK_KEEP)
def correct(variant_id: int) -> Response | tuple[str, int]:
    """Somebody counted."""
    form = CorrectForm()
    form.offer(every_place(), "place")
    if not form.validate():
        return _page(variant_id, correct=form), REFUSED
    difference = keeping.correct(
        actor=current_staff(),
        variant_id=variant_id,
        place_id=int(form.place.data),
        counted=form.counted.data,
        reason=str(form.reason.data),
    )
    told = _("The count is right now.") if difference else _("That is what we knew: nothing changed.")
    flash(told, "good")
    return _back(variant_id)


@bp.post("/<int:variant_id>/carry")
@permitted(Permission.STOCK_KEEP)
def carry(variant_id: int) -> Response | tuple[str, int]:
    """Pieces go to another place."""
    form = CarryForm()
    form.offer(every_place(), "from_place", "to_place")
    if form.validate():
        try:
            keeping.transfer(
                actor=current_staff(),
                from_place_id=int(form.from_place.data),
                to_place_id=int(form.to_place.data),
                wanted={variant_id: form.quantity.data},
                reason=str(form.carry_reason.data),
                batch=str(form.batch.data),
            )
        except AlreadyMoved as before:
            flash(str(before), "")
            return _back(variant_id)
        except Problem as refused:
            form.quantity.errors = (refused.sentence,)
        else:
            flash(_("They are on their way, and counted there."), "good")
            return _back(variant_id)
    return _page(variant_id, carry=form), REFUSED


@bp.post("/<int:variant_id>/mark")
@permitted(Permission.STOCK_KEEP)
def mark(variant_id: int) -> Response | tuple[str, int]:
    """From which count on to say that it runs low."""
    form = MarkForm()
    if not form.validate():
        return _page(variant_id, mark=form), REFUSED
    keeping.mark_low(
        actor=current_staff(),
        variant_id=variant_id,
        low_at=form.low_at.data,
        whole_product=bool(form.whole.data),
    )
    flash(_("Kept."), "good")
    return _back(variant_id)


@bp.get("/receive")
@permitted(Permission.STOCK_KEEP)
def receive() -> str:
    """The empty form of a delivery; `code` of the address fills its first line."""
    form = ReceiveForm(place=str(asked_number("place") or WEB_WAREHOUSE), batch=ids.token())
    code = request.args.get("code", "")[:80]
    return _delivery(form, [Line(1, code, "")] if code else [], LINES)


@bp.post("/receive")
@permitted(Permission.STOCK_KEEP)
def take_in() -> Response | str | tuple[str, int]:
    """A delivery is there: all of its lines, or none."""
    form = ReceiveForm()
    form.offer(_open_places(), "place")
    lines = typed_lines(request.form.getlist("code"), request.form.getlist("quantity"))
    room = min(max(len(request.form.getlist("code")), LINES), MOST_TYPED)
    if "more" in request.form:
        return _delivery(form, lines, min(room + MORE_LINES, MOST_TYPED))
    try:
        read = file_lines(form.file.data.read()) if form.file.data else lines
    except NotASheet as refused:
        form.file.errors = (str(refused),)
        return _delivery(form, lines, room), REFUSED
    wanted, wrong = understood(read)
    if not form.validate() or wrong or not wanted:
        wrong = wrong or ([] if wanted else [Wrong(1, _("Write at least one line."))])
        return _delivery(form, lines, room, wrong), REFUSED
    try:
        keeping.receive(
            actor=current_staff(),
            place_id=int(form.place.data),
            wanted=wanted,
            reason=str(form.reason.data),
            batch=str(form.batch.data),
        )
    except AlreadyMoved as before:
        flash(str(before), "")
    else:
        pieces = sum(wanted.values())
        flash(ngettext("%(num)s piece is on the shelf.", "%(num)s pieces are on the shelf.", pieces), "good")
    return redirect(url_for("stock_staff.stock", place=form.place.data), 303)


def queue() -> list[Job]:
    """What runs low, for whoever may do something about it."""
    account = current_account()
    if account is None or Permission.STOCK_KEEP not in account.permissions:
        return []
    number = running_low()
    if not number:
        return []
    # News of today: it stands behind what waits for an answer.
    return [
        Job(
            kind=_("Stock"),
            what=ngettext("%(num)s size is running low", "%(num)s sizes are running low", number),
            href=url_for("stock_staff.stock", show=str(Shown.LOW)),
            since=clock.now(),
            action=_("Look at them"),
        )
    ]


def _open_places() -> list[Place]:
    return [place for place in every_place() if place.closed_at is None]


def _delivery(form: ReceiveForm, lines: list[Line], room: int, wrong: list[Wrong] | None = None) -> str:
    form.offer(_open_places(), "place")
    typed = {line.number: line for line in lines}
    wrong = wrong or []
    return render_template(
        "storefront/stock/staff/receive.html",
        form=form,
        lines=[typed.get(number) or Line(number, "", "") for number in range(1, room + 1)],
        wrong=wrong,
        faults={one.number: one.said for one in wrong} if not form.file.data else {},
        more=room < MOST_TYPED,
    )


def _page(
    variant_id: int,
    *,
    correct: CorrectForm | None = None,
    carry: CarryForm | None = None,
    mark: MarkForm | None = None,
) -> str:
    found = variant_with_product(variant_id)
    places = places_of(variant_id)
    own, whole = low_marks(found)
    choices = every_place()
    correct = correct or CorrectForm(formdata=None)
    correct.offer(choices, "place")
    carry = carry or CarryForm(formdata=None, batch=ids.token())
    carry.offer(choices, "from_place", "to_place")
    low_at = own if own is not None else whole
    return render_template(
        "storefront/stock/staff/variant.html",
        variant=found,
        name=", ".join(part for part in (title_and_colour(found.product), found.label) if part),
        places=places,
        total=sum(place.on_hand for place in places),
        movements=movements_of(variant_id),
        kinds=kind_words(),
        correct=correct,
        carry=carry,
        mark=mark or MarkForm(formdata=None, low_at=low_at, whole=own is None and whole is not None),
        low=low_at if low_at is not None else LOW,
        shop_low=LOW,
    )


def _back(variant_id: int) -> Response:
    return redirect(url_for("stock_staff.variant", variant_id=variant_id), 303)

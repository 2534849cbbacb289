from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public
from foundation.money import Money
from foundation.web import slots
from foundation.web.fields import REFUSED
from foundation.web.numbers import MOST_DIGITS
from foundation.web.visits import begin_visit, visit_id
from storefront.cart import actions, saving
from storefront.cart.actions import Refused, Why
from storefront.cart.counter import remember
from storefront.cart.errors import BagFull
from storefront.cart.forms import AddForm, QuantityForm
from storefront.cart.policy import Choice, Discount, Origin
from storefront.cart.queries import Cart, cart_of, saved_for_later
from storefront.cart.saving import save_for_later
from storefront.cart.showing import row_of, rows_of
from storefront.catalog.categories import slot_of
from storefront.catalog.naming import piece_name
from storefront.usual.remembering import remember_sizes

bp = Blueprint("cart", __name__, url_prefix="/cart")
TAKEN_OUT = "taken_out"


@bp.get("")
@public
def show() -> str:
    """The bag, with what is sold out in it said beside the piece."""
    return bag_page(_bag())


@bp.post("/add")
@public
def add() -> Response | tuple[str, int]:
    """Put one piece in, from its own page."""
    form = AddForm()
    if not form.validate():
        return bag_page(_bag(), wrong=next(iter(form.errors.values()))[0]), REFUSED
    try:
        added = actions.add_pieces(
            actor=current_person(),
            visit=begin_visit(),
            account_id=_account_id(),
            choices=[Choice(form.variant_id.data, form.quantity.data)],
        )
    except BagFull as full:
        return bag_page(_bag(), wrong=str(full)), REFUSED
    remember(added.count)
    remember_sizes(
        {
            slot_of(line.category): line.options_label
            for line in added.lines
            if line.variant_id == form.variant_id.data
        }
    )
    for refused in added.refused:
        flash(refusal_sentence(refused), "warn")
    return redirect(url_for("cart.show"), code=303)


@bp.post("/lines/<int:line_id>")
@public
def change(line_id: int) -> Response | tuple[str, int]:
    """How many of a piece; what makes no sense is said beside it, and the bag stays as it was."""
    form = QuantityForm()
    if not form.validate():
        typed = request.form.get("quantity", "")[:20]
        return bag_page(_bag(), line_id=line_id, wrong_line=form.quantity.errors[0], typed=typed), REFUSED
    actions.set_quantity(
        actor=current_person(),
        visit=visit_id(),
        account_id=_account_id(),
        line_id=line_id,
        quantity=form.quantity.data,
    )
    return redirect(url_for("cart.show"), code=303)


@bp.post("/lines/<int:line_id>/remove")
@public
def remove(line_id: int) -> Response:
    """Take a piece out; the next page offers to put it back."""
    line = next((line for line in _bag().lines if line.line_id == line_id), None)
    actions.remove_line(actor=current_person(), visit=visit_id(), account_id=_account_id(), line_id=line_id)
    if line is not None:
        session[TAKEN_OUT] = {
            "variant_id": line.variant_id,
            "quantity": line.quantity,
            "name": line.name,
            "origin": [line.origin_kind, line.origin_ref, line.origin_label, line.origin_label_it],
        }
    return redirect(url_for("cart.show"), code=303)


@bp.post("/undo")
@public
def undo() -> Response:
    """Put back what was taken out last, into the look it came from."""
    taken: dict[str, Any] | None = session.pop(TAKEN_OUT, None)
    if taken is not None:
        kind, ref, *labels = taken["origin"]
        added = actions.add_pieces(
            actor=current_person(),
            visit=begin_visit(),
            account_id=_account_id(),
            choices=[Choice(taken["variant_id"], taken["quantity"])],
            origin=Origin(kind, ref, *labels) if kind else None,
        )
        for refused in added.refused:
            flash(refusal_sentence(refused), "warn")
    return redirect(url_for("cart.show"), code=303)


@bp.post("/lines/<int:line_id>/later")
@public
def save(line_id: int) -> Response:
    """Put a piece aside; it stands under the bag from now on."""
    save_for_later(actor=current_person(), visit=visit_id(), account_id=_account_id(), line_id=line_id)
    return redirect(url_for("cart.show") + "#saved", code=303)


@bp.post("/saved/<int:saved_id>")
@public
def take_up(saved_id: int) -> Response | tuple[str, int]:
    """Put a saved piece back into the bag."""
    try:
        added = saving.take_up(
            actor=current_person(), visit=visit_id(), account_id=_account_id(), saved_id=saved_id
        )
    except BagFull as full:
        return bag_page(_bag(), wrong=str(full)), REFUSED
    for refused in added.refused:
        flash(refusal_sentence(refused), "warn")
    return redirect(url_for("cart.show"), code=303)


@bp.post("/saved/<int:saved_id>/drop")
@public
def drop(saved_id: int) -> Response:
    """Let a saved piece go."""
    saving.drop_saved(actor=current_person(), visit=visit_id(), account_id=_account_id(), saved_id=saved_id)
    return redirect(url_for("cart.show") + "#saved", code=303)


@bp.post("/noted")
@public
def noted() -> Response:
    """The shopper has read that prices changed, and which."""
    told = {}
    for name, value in request.form.items():
        kind, _dash, line_id = name.partition("-")
        if kind == "price" and _is_number(line_id) and _is_number(value):
            told[int(line_id)] = int(value)
    actions.note_prices(
        actor=current_person(),
        visit=visit_id(),
        account_id=_account_id(),
        told=told,
    )
    return redirect(url_for("cart.show"), code=303)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_DIGITS


def refusal_sentence(refused: Refused) -> str:
    """Why a piece did not go in, to its face."""
    name = piece_name(refused)
    if refused.why == Why.GONE:
        return _("That piece is no longer in the shop.")
    if refused.why == Why.SOLD_OUT:
        return _("%(piece)s is sold out. The rest can be bought.", piece=name)
    if refused.left:
        return _("Only %(count)s more of %(piece)s can be had.", count=refused.left, piece=name)
    return _("You have all there is of %(piece)s in your bag.", piece=name)


def bag_page(cart: Cart, **more: Any) -> str:
    """The page of a bag; `more` goes into its template."""
    remember(cart.count)
    discounts: list[Discount] = [one for found in slots.gather("cart.discounts", cart=cart) for one in found]
    off: dict[int, int] = {}
    for one in discounts:
        for line_id, minor in one.lines.items():
            off[line_id] = off.get(line_id, 0) + minor
    return render_template(
        "storefront/cart/cart.html",
        cart=cart,
        groups=[(group.label, rows_of(group.lines, cart, off)) for group in cart.groups],
        discounts=[(one.label, Money(-one.minor, cart.currency)) for one in discounts if one.minor],
        total=cart.goods - Money(sum(off.values()), cart.currency),
        saved=[row_of(line) for line in saved_for_later(visit_id(), _account_id())],
        taken_out=_just_taken_out(),
        **more,
    )


def _just_taken_out() -> dict[str, Any] | None:
    """What can be put back: told on the page after it was taken out, and on that page alone."""
    taken: dict[str, Any] | None = session.get(TAKEN_OUT)
    if taken is None:
        return None
    if taken.get("told"):
        session.pop(TAKEN_OUT)
        return None
    session[TAKEN_OUT] = taken | {"told": True}
    return taken


def _bag() -> Cart:
    return cart_of(visit_id(), _account_id())


def _account_id() -> int | None:
    account = current_account()
    return account.id if account else None

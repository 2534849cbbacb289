"""`/staff/products/bulk`: what an act on many products would do, the act itself, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from foundation import clock, settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.errors import Problem
from foundation.web.fields import REFUSED
from foundation.web.reasons import ReasonForm
from storefront.assortment.actions import apply_change, take_back
from storefront.assortment.errors import BulkEditNotFound, NothingChanged, NothingChosen
from storefront.assortment.forms import BulkForm
from storefront.assortment.models import BulkStatus
from storefront.assortment.policy import MOST, TAKE_BACK, BulkChange, Kind, Why, planned
from storefront.assortment.queries import edit_of_many, ids_of, last_edits, offered
from storefront.assortment.reading import chosen, seen, seen_value, wanted
from storefront.assortment.words import CONSEQUENCES, KINDS, WHY, asked_words, values_words
from storefront.catalog.categories import to_choose
from storefront.catalog.changing import differences, terms_of
from storefront.catalog.models import Product
from storefront.catalog.queries import products_by_ids

bp = Blueprint("assortment_bulk", __name__, url_prefix="/staff/products/bulk")
# What needs nothing but the products: it is shown at once what it would do.
AT_ONCE = {Kind.PUBLISH, Kind.WITHDRAW, Kind.ARCHIVE}


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def edits() -> str:
    """The last acts on many products, and what became of them."""
    return render_template(
        "storefront/assortment/edits.html",
        rows=[
            (edit, asked_words(BulkChange.of_values(edit.change), _currency()), number)
            for edit, number in last_edits()
        ],
    )


@bp.post("")
@permitted(Permission.CATALOGUE_EDIT)
def prepare() -> str | tuple[str, int]:
    """What would become of the chosen products: nothing is changed yet."""
    kind = _kind()
    ids = _asked_ids()
    form = _form(typed=kind in AT_ONCE or "look" in request.form)
    change = form.change(kind) if kind in AT_ONCE or "look" in request.form else None
    page = _preparation(kind, form, ids, change, ReasonForm(formdata=None))
    return page if change is not None or "look" not in request.form else (page, REFUSED)


@bp.post("/apply")
@permitted(Permission.CATALOGUE_EDIT)
def apply() -> str | Response | tuple[str, int]:
    """Change them, as they were looked at."""
    kind, versions = _kind(), seen(request.form.getlist("seen"))
    form, reason = _form(typed=True), ReasonForm()
    change = form.change(kind)
    if change is None or not versions or not reason.validate():
        return _preparation(kind, form, sorted(versions), change, reason, versions), REFUSED
    try:
        edit = apply_change(
            actor=current_staff(),
            change=change,
            versions=dict(list(versions.items())[:MOST]),
            reason=str(reason.reason.data),
        )
    except NothingChanged as nothing:
        flash(str(nothing), "bad")
        return _preparation(kind, form, sorted(versions), change, reason, versions), nothing.status
    flash(gettext("It is done, and can be taken back for a day."), "good")
    return redirect(url_for("assortment_bulk.edit", edit_id=edit.id), 303)


@bp.get("/<int:edit_id>")
@permitted(Permission.CATALOGUE_EDIT)
def edit(edit_id: int) -> str:
    """One act: each product before and after, whom it left alone and why; and the way back."""
    return _page(edit_id, ReasonForm())


@bp.post("/<int:edit_id>/take-back")
@permitted(Permission.CATALOGUE_EDIT)
def take_it_back(edit_id: int) -> Response | tuple[str, int]:
    """Give each product its own terms again."""
    form = ReasonForm()
    if not form.validate():
        return _page(edit_id, form), REFUSED
    try:
        take_back(actor=current_staff(), edit_id=edit_id, reason=str(form.reason.data))
    except BulkEditNotFound:
        raise
    except Problem as refused:
        flash(str(refused), "bad")
        return _page(edit_id, form), refused.status
    flash(gettext("Taken back."), "good")
    return redirect(url_for("assortment_bulk.edit", edit_id=edit_id), 303)


def _kind() -> Kind:
    asked = request.form.get("kind", "")
    if asked not in list(Kind):
        raise NothingChosen(gettext("Choose what is to become of them."))
    return Kind(asked)


def _form(*, typed: bool) -> BulkForm:
    """The form as it was sent, or as it begins."""
    choice, form = offered(), BulkForm() if typed else BulkForm(formdata=None)
    form.offer(to_choose(choice.categories), choice.tags)
    return form


def _asked_ids() -> list[int]:
    """The products that were ticked, or all that the list found. Raises `NothingChosen`."""
    if request.form.get("whole"):
        ids = ids_of(wanted(request.form))
    else:
        ids = chosen(request.form.getlist("product"))
    if not ids:
        raise NothingChosen()
    if len(ids) > MOST:
        raise NothingChosen(gettext("%(most)s products at a time, please: narrow the list.", most=MOST))
    return ids


def _preparation(
    kind: Kind,
    form: BulkForm,
    ids: Sequence[int],
    change: BulkChange | None,
    reason: ReasonForm,
    versions: dict[int, int] | None = None,
) -> str:
    found = products_by_ids(ids)
    rows = [_row(product, change, versions or {}) for product in found] if change else []
    fitting = sum(not row["why"] for row in rows)
    return render_template(
        "storefront/assortment/bulk.html",
        kind=kind,
        title=KINDS[kind],
        form=form,
        reason=reason,
        products=found,
        tags=form.tags,
        asked=asked_words(change, _currency()) if change else "",
        consequence=CONSEQUENCES[kind],
        rows=rows,
        fitting=fitting,
        done=ngettext("Change %(num)s product", "Change %(num)s products", fitting),
        at_once=kind in AT_ONCE,
    )


def _row(product: Product, change: BulkChange, versions: dict[int, int]) -> dict[str, Any]:
    """A product as it is and as it would be, or why it would be left alone."""
    terms = terms_of(product, product.variants)
    after = planned(change, terms, clock.now())
    whole = _values(terms, change.kind)
    became = {} if isinstance(after, Why) else differences(terms, after)[1]
    return {
        "product": product,
        "seen": seen_value(product.id, product.version),
        "changed": versions.get(product.id, product.version) != product.version,
        "before": values_words(whole, product.currency),
        "after": values_words(became, product.currency),
        "why": WHY[after] if isinstance(after, Why) else "",
    }


def _values(terms: Any, kind: Kind) -> dict[str, Any]:
    """What of the terms an act of this kind is about."""
    if kind is Kind.PRICE:
        return {"prices": {key: (one.minor, one.compare_at) for key, one in terms.prices.items()}}
    if kind is Kind.CATEGORY:
        return {"category": terms.category}
    if kind in (Kind.TAG, Kind.UNTAG):
        return {"tags": list(terms.tags)}
    return {"status": str(terms.status)}


def _page(edit_id: int, form: ReasonForm) -> str:
    found = edit_of_many(edit_id)
    if found is None:
        raise BulkEditNotFound()
    edit = found.edit
    return render_template(
        "storefront/assortment/edit.html",
        edit=edit,
        asked=asked_words(BulkChange.of_values(edit.change), _currency()),
        rows=[
            {
                "product": product,
                "before": values_words(row.before, product.currency),
                "after": values_words(row.after, product.currency),
                "kept": row.kept,
                "touched": row.version != product.version,
            }
            for row, product in found.rows
        ],
        refused=[(key, name, WHY[Why(why)]) for key, name, why in edit.refused],
        taken_back=edit.status == BulkStatus.TAKEN_BACK,
        until=edit.applied_at + TAKE_BACK,
        can_take_back=edit.status == BulkStatus.APPLIED and clock.now() <= edit.applied_at + TAKE_BACK,
        form=form,
    )


def _currency() -> str:
    return settings.current().currency

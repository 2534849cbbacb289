"""`/staff/products/new` and `/staff/products/<id>`: one product written by hand, and where it stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation import settings
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.seen import ChangedMeanwhile
from foundation.web.fields import REFUSED
from storefront.assortment.editing import change_product, create_product
from storefront.assortment.errors import HandleTaken, NumbersTaken
from storefront.assortment.meanwhile import GONE, Met, base_of, meet
from storefront.assortment.product_form import OPTIONS, ProductForm, typed_of
from storefront.assortment.queries import offered
from storefront.assortment.standing_form import StandingForm, move
from storefront.assortment.words import STATUS
from storefront.catalog.cards import picture_card, product_path
from storefront.catalog.categories import path_name, to_choose
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.presenting import option_word, search_words
from storefront.catalog.queries import id_of_handle, left_of, product_by_id

bp = Blueprint("assortment_editor", __name__, url_prefix="/staff/products")


@bp.get("/new")
@permitted(Permission.CATALOGUE_EDIT)
def new() -> str:
    """An empty form: a product of one size until choices are named."""
    form = ProductForm(formdata=None, data={"option_1": _("Size"), "variants": [{"values": "[]"}]})
    return _new_page(form)


@bp.post("/new")
@permitted(Permission.CATALOGUE_EDIT)
def create() -> Response | tuple[str, int] | str:
    """Make the variants asked for, or the product: a draft, which nobody sees yet."""
    form = ProductForm()
    _offer(form)
    if "add" in request.form:
        form.add_variants()
        return _new_page(form)
    if len(form.rows) == 1 and not form.rows[0].options:
        for n in OPTIONS:
            form[f"option_{n}"].data = ""
    draft = form.read(None, settings.current().currency)
    if draft is not None and not draft.handle:
        form.handle.errors = (_("Write one: the title has no letters for it."),)
        draft = None
    if draft is not None:
        try:
            product_id = create_product(actor=current_staff(), draft=draft)
        except HandleTaken as taken:
            form.handle.data, form.handle.errors = draft.handle, (str(taken),)
        except NumbersTaken as taken:
            _name_owners(form, taken)
        else:
            flash(_("It is a draft now. Hang pictures, then put it into the shop."), "good")
            return redirect(url_for("assortment_editor.product", product_id=product_id), 303)
    return _new_page(form), REFUSED


@bp.get("/<int:product_id>")
@permitted(Permission.CATALOGUE_EDIT)
def product(product_id: int) -> str:
    """One product in all its words, with its pictures, its place in the shop, and what happened to it."""
    return _opened(product_id)


@bp.get("/<handle>")
@permitted(Permission.CATALOGUE_EDIT)
def by_handle(handle: str) -> str:
    """The same by its handle, as it stands in the address of the shop."""
    product_id = id_of_handle(handle)
    if product_id is None:
        raise ProductNotFound()
    return _opened(product_id)


@bp.post("/<int:product_id>")
@permitted(Permission.CATALOGUE_EDIT)
def change(product_id: int) -> Response | tuple[str, int] | str:
    """Save what was written, unless somebody else saved something meanwhile: then both are shown."""
    form, found = ProductForm(), _found(product_id)
    _offer(form)
    for n, name in zip(OPTIONS, found.option_names, strict=False):
        form[f"option_{n}"].data = name
    standing = StandingForm(formdata=None)
    if "add" in request.form:
        form.add_variants()
        return _page(found, form, standing)
    draft = form.read(found, settings.current().currency)
    if draft is not None and form.version.data != str(found.version):
        return _page(found, form, standing, meet(form, found)), ChangedMeanwhile.status
    if (
        draft is not None
        and not form.price_reason.data
        and _prices(draft.variants) != _prices(found.variants)
    ):
        form.price_reason.errors = (_("Say why, in a few words."),)
        draft = None
    if draft is None:
        return _page(found, form, standing), REFUSED
    try:
        change_product(
            actor=current_staff(),
            product_id=product_id,
            version=int(form.version.data),
            draft=draft,
            reason=form.price_reason.data or None,
        )
    except ChangedMeanwhile as conflict:
        found = _found(product_id)
        return _page(found, form, standing, meet(form, found)), conflict.status
    except NumbersTaken as taken:
        _name_owners(form, taken)
        return _page(_found(product_id), form, standing), REFUSED
    flash(_("Kept."), "good")
    return redirect(url_for("assortment_editor.product", product_id=product_id), 303)


@bp.post("/<int:product_id>/standing")
@permitted(Permission.CATALOGUE_EDIT)
def stand(product_id: int) -> Response | tuple[str, int]:
    """Put it into the shop, now or on a day, or take it out."""
    found, standing = _found(product_id), StandingForm()
    if not standing.complete(settings.current().timezone):
        form = ProductForm(formdata=None, data=typed_of(found) | {"base": base_of(found)})
        return _page(found, form, standing), REFUSED
    moved = move(
        actor=current_staff(), product_id=product_id, form=standing, zone=settings.current().timezone
    )
    told = _("%(name)s: %(status)s.", name=moved.name, status=STATUS[ProductStatus(moved.status)])
    flash(told, "good")
    return redirect(url_for("assortment_editor.product", product_id=product_id), 303)


def _opened(product_id: int) -> str:
    found = _found(product_id)
    form = ProductForm(formdata=None, data=typed_of(found) | {"base": base_of(found)})
    return _page(found, form, StandingForm(formdata=None))


def _found(product_id: int) -> Product:
    found = product_by_id(product_id)
    if found is None:
        raise ProductNotFound()
    return found


def _offer(form: ProductForm) -> Any:
    choice = offered()
    form.offer(to_choose(choice.categories))
    return choice


def _name_owners(form: ProductForm, taken: NumbersTaken) -> None:
    for row in form.rows:
        owner = taken.owners.get(row.sku.data or "")
        if owner is not None:
            row.sku.errors = (_("It is the number of %(product)s.", product=owner),)


def _prices(variants: Any) -> dict[tuple[str, ...], tuple[Any, Any]]:
    return {tuple(one.option_values): (one.price, one.compare_at) for one in variants}


def _new_page(form: ProductForm) -> str:
    return render_template(
        "storefront/assortment/new.html",
        form=form,
        offered=_offer(form),
        options=[(n, "") for n in OPTIONS],
        wrongs=_wrongs(form),
    )


def _page(found: Product, form: ProductForm, standing: StandingForm, met: Met | None = None) -> str:
    choice = _offer(form)
    standing.offer(ProductStatus(found.status))
    left = left_of(variant.id for variant in found.variants)
    ids = {tuple(one.option_values): (one.id, one.on_hand, left[one.id]) for one in found.variants}
    return render_template(
        "storefront/assortment/product.html",
        product=found,
        form=form,
        standing=standing,
        offered=choice,
        options=[(n, option_word(name)) for n, name in zip(OPTIONS, found.option_names, strict=False)],
        stock=[ids.get(tuple(row.options)) for row in form.rows],
        pictures=[(picture, picture_card(found, picture)) for picture in found.pictures],
        category=path_name(found.category),
        active=found.status == ProductStatus.ACTIVE,
        history=history("product", found.id, limit=20),
        engines_show=search_words(found),
        path=product_path(found.handle),
        met=_told(form, met) if met else None,
        wrongs=_wrongs(form),
    )


def _told(form: ProductForm, met: Met) -> dict[str, Any]:
    """What the other saved, in the names of the fields."""
    return {
        "taken": [_field_name(form, name) for name in met.taken],
        "clashes": [
            (_field_name(form, one.name), one.mine, _("no longer sold") if one.theirs == GONE else one.theirs)
            for one in met.clashes
        ],
    }


def _field_name(form: ProductForm, name: str) -> str:
    key, mark, field = name.rpartition(":")
    if not mark:
        return str(form[name].label.text)
    for row in form.rows:
        if row.values.data == key:
            return f"{row.label or _('one size')}, {row[field].label.text}"
    return key


def _wrongs(form: ProductForm) -> list[tuple[str, str, str]]:
    """Where to jump, the name of the field, and what is wrong with it."""
    wrongs = [
        (one.id, str(one.label.text), str(one.errors[0]))
        for one in form
        if one.name != "variants" and one.errors
    ]
    for row in form.rows:
        wrongs += [(one.id, f"{row.label} {one.label.text}", str(one.errors[0])) for one in row if one.errors]
    if form.variants.errors and not any(isinstance(one, dict) for one in form.variants.errors):
        wrongs.append(("variants", _("Variants"), str(form.variants.errors[0])))
    return wrongs

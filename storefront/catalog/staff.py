from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.web.reasons import ReasonForm
from storefront.catalog.cards import picture_card
from storefront.catalog.categories import category_name
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import ProductStatus
from storefront.catalog.queries import left_of, product_by_id
from storefront.catalog.standing import activate_product, archive_product

bp = Blueprint("catalog_staff", __name__, url_prefix="/staff/products")


@bp.get("/<int:product_id>")
@permitted(Permission.CATALOGUE_EDIT)
def product(product_id: int) -> str:
    """One product: its variants, its pictures, what happened to it, and the one act it allows."""
    return _page(product_id, ReasonForm())


@bp.post("/<int:product_id>/archive")
@permitted(Permission.CATALOGUE_EDIT)
def archive(product_id: int) -> str | Response | tuple[str, int]:
    """Take a product out of the shop."""
    form = ReasonForm()
    if not form.validate():
        return _page(product_id, form), 400
    archived = archive_product(actor=current_staff(), product_id=product_id, reason=str(form.reason.data))
    flash(gettext("%(name)s is out of the shop.", name=archived.name), "good")
    return redirect(url_for("catalog_staff.product", product_id=product_id), 303)


@bp.post("/<int:product_id>/activate")
@permitted(Permission.CATALOGUE_EDIT)
def activate(product_id: int) -> str | Response | tuple[str, int]:
    """Put a product into the shop."""
    form = ReasonForm()
    if not form.validate():
        return _page(product_id, form), 400
    active = activate_product(actor=current_staff(), product_id=product_id, reason=str(form.reason.data))
    flash(gettext("%(name)s is in the shop.", name=active.name), "good")
    return redirect(url_for("catalog_staff.product", product_id=product_id), 303)


def _page(product_id: int, form: ReasonForm) -> str:
    found = product_by_id(product_id)
    if found is None:
        raise ProductNotFound()
    left = left_of(variant.id for variant in found.variants)
    return render_template(
        "storefront/catalog/staff/product.html",
        product=found,
        category=category_name(found.category),
        variants=[(variant, left[variant.id]) for variant in found.variants],
        pictures=[(picture, picture_card(found, picture)) for picture in found.pictures],
        active=found.status == ProductStatus.ACTIVE,
        history=history("product", product_id, limit=20),
        form=form,
    )

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.queries import history
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.reasons import ReasonForm
from storefront.catalog.actions import activate_product, archive_product
from storefront.catalog.cards import picture_card
from storefront.catalog.categories import category_name
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import Product, ProductStatus
from storefront.catalog.queries import STAFF_PAGE_SIZE, left_of, product_by_id, staff_products

bp = Blueprint("catalog_staff", __name__, url_prefix="/staff/products")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def products() -> str:
    """Every product with its status and what is left; found by name, handle or article number."""
    text = request.args.get("q", "")[:80].strip()
    page = page_number()
    rows, total = staff_products(text, page)
    not_beyond(page, rows)
    left = left_of(variant.id for product in rows for variant in product.variants)
    return render_template(
        "storefront/catalog/staff/products.html",
        rows=[_row(product, left) for product in rows],
        total=total,
        text=text,
        page=page,
        pages=pages_of(total, STAFF_PAGE_SIZE),
    )


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


def _row(product: Product, left: dict[int, int]) -> dict[str, object]:
    numbers = [left[variant.id] for variant in product.variants]
    return {
        "product": product,
        "category": category_name(product.category),
        "picture": picture_card(product, product.cover),
        "variants": len(numbers),
        "left": sum(numbers),
        "plenty": any(not variant.tracked or variant.oversell for variant in product.variants),
        "gone": sum(number <= 0 for number in numbers),
    }

"""`/staff/products/export`: the products of the list, or all, as a file."""

from __future__ import annotations

from flask import Blueprint, Response, request

from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.streams import streamed
from storefront.assortment.queries import narrowed
from storefront.assortment.reading import wanted
from storefront.sheets.exporting import product_sheet

bp = Blueprint("sheets_export", __name__, url_prefix="/staff/products/export")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def export() -> Response:
    """What the list at `/staff/products` would show for the same question, all pages of it."""
    answer = streamed(product_sheet(*narrowed(wanted(request.args))), "text/csv; charset=utf-8")
    name = f"products-{clock.now():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

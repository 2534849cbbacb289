"""`/staff/products`: every product, found, narrowed and sorted, with boxes to tick for an act on many."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.web.numbers import not_beyond, page_number, pages_of
from storefront.assortment.policy import MOST
from storefront.assortment.queries import PAGE_SIZE, Wanted, offered, products
from storefront.assortment.reading import question, wanted
from storefront.assortment.words import KINDS, LACKS, SORTS, STATUS
from storefront.catalog.cards import picture_card
from storefront.catalog.categories import category_name, path_name, with_parents

bp = Blueprint("assortment", __name__, url_prefix="/staff/products")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def product_list() -> str:
    """Products whatever their status; the address holds what was asked for."""
    asked, page = wanted(request.args), page_number()
    rows, total = products(asked, page)
    not_beyond(page, rows)
    choice = offered()

    def address(number: int) -> str:
        return url_for("assortment.product_list", **question(asked), page=number)

    return render_template(
        "storefront/assortment/products.html",
        rows=[
            (row, picture_card(row.product, row.product.cover), category_name(row.product.category))
            for row in rows
        ],
        total=total,
        asked=asked,
        question=question(asked),
        choices=_choices(asked, choice.categories, choice.vendors),
        tags=choice.tags,
        lacks=LACKS,
        kinds=list(KINDS.items()),
        most=MOST,
        page=page,
        pages=pages_of(total, PAGE_SIZE),
        previous=address(page - 1),
        following=address(page + 1),
    )


def _choices(asked: Wanted, categories: Any, vendors: Any) -> dict[str, list[tuple[str, Any]]]:
    """What each list of the filters offers; what was asked for is among it, found or not."""
    keys = with_parents({*categories, asked.category} - {""})
    return {
        "status": [("", gettext("all")), *((str(key), words) for key, words in STATUS.items())],
        "category": [("", gettext("all")), *((key, path_name(key)) for key in keys)],
        "vendor": [("", gettext("all")), *((name, name) for name in sorted({*vendors, asked.vendor} - {""}))],
        "sort": [(str(key), words) for key, words in SORTS.items()],
    }

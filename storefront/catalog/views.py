from __future__ import annotations

from flask import Blueprint, Response, render_template

from foundation import settings
from foundation.accounts.guards import public
from foundation.web.kept import KeptPages, is_stranger
from storefront.catalog.cards import picture_card, product_card, product_path
from storefront.catalog.categories import added_up, category_name, tops
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.naming import title_and_colour
from storefront.catalog.neighbours import newest
from storefront.catalog.product_pages import parts_of
from storefront.catalog.queries import ProductState, departments, product_state

NEW_ON_HOME = 8
IN_WINDOW = 4
KEPT_PAGES = 500

_kept = KeptPages(KEPT_PAGES)

bp = Blueprint("catalog", __name__)


@bp.get("/")
@public
def home() -> str:
    """The shop window."""
    rows = newest(NEW_ON_HOME)
    covers = [row.product for row in rows if row.product.cover is not None]
    shown = [product for product in covers if picture_card(product, product.cover)["srcset"]]
    # What is worn from shoulder to knee fills the window best.
    star = next(
        (product for product in shown if product.slot in {"outer", "full"}), shown[0] if shown else None
    )
    window = [star] + [row.product for row in rows if row.product is not star] if star else []
    return render_template(
        "storefront/catalog/home.html",
        star=picture_card(star, star.cover) if star else None,
        window=[
            {"name": title_and_colour(product), "href": product_path(product.handle), "price": product.price}
            for product in window[:IN_WINDOW]
        ],
        cards=[product_card(row.product) for row in rows],
        # Asked only where nobody fills their place.
        departments=_departments,
    )


def _departments() -> list[tuple[str, str, int]]:
    """Those at the top of the tree, by name and key, with how many pieces are in and beneath each."""
    counts = added_up(dict(departments()))
    return [(category_name(key), key, counts[key]) for key in tops(counts)]


@bp.get("/shop/<handle>")
@public
def product(handle: str) -> str | Response:
    """One product. For a stranger the whole page is kept; for others its parts, which are everybody's."""
    state = product_state(handle)
    if state is None:
        raise ProductNotFound()
    if is_stranger():
        return _kept.answer(state.key, lambda: _product_page(state))
    return _product_page(state)


def _product_page(state: ProductState) -> str:
    parts = parts_of(state, settings.current().base_url)
    if parts is None:
        raise ProductNotFound()
    return render_template(
        "storefront/catalog/product.html", parts=parts, view=parts.view, product_id=state.id
    )

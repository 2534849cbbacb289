from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from foundation import settings
from foundation.accounts.guards import public
from foundation.money import Money
from foundation.web.formats import money
from foundation.web.kept import KeptPages, is_stranger
from foundation.web.numbers import page_number
from storefront.catalog.cards import picture_card, product_card, product_path
from storefront.catalog.categories import category_name, place
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.naming import title_and_colour
from storefront.catalog.policy import PRICE_BANDS, size_key
from storefront.catalog.product_pages import parts_of
from storefront.catalog.queries import (
    ProductFilters,
    ProductPage,
    ProductState,
    Sort,
    departments,
    newest,
    product_list,
    product_state,
)

NEW_ON_HOME = 8
IN_WINDOW = 4
LONGEST_TEXT = 80
MOST_CHOICES = 20
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
        departments=[(category_name(key), key, number) for key, number in departments()],
    )


@bp.get("/shop")
@public
def shop() -> str:
    """The list: filters and words in the address, so that every view of it can be shared."""
    filters = _filters()
    found = product_list(filters, page_number())
    return render_template(
        "storefront/catalog/shop.html",
        filters=filters,
        found=found,
        cards=[product_card(row.product, in_stock=row.in_stock) for row in found.rows],
        heading=_heading(filters),
        facets=_facets(filters, found),
        chosen=_chosen(filters),
        sorts=_sorts(filters),
        previous=_address(filters, page=found.page - 1) if found.page > 1 else None,
        following=_address(filters, page=found.page + 1) if found.page < found.pages else None,
        elsewhere=[
            {"name": category_name(key), "href": _address(ProductFilters(categories=(key,))), "count": number}
            for key, number in (departments() if not found.total else ())
        ],
    )


@bp.get("/shop/<handle>")
@public
def product(handle: str) -> str | Response:
    """One product. For a stranger the whole page is kept; for others its parts, which are everybody's."""
    state = product_state(handle)
    if state is None:
        raise ProductNotFound()
    if is_stranger():
        return _kept.answer(state.page_key, lambda: _product_page(state))
    return _product_page(state)


def _product_page(state: ProductState) -> str:
    parts = parts_of(state, settings.current().base_url)
    if parts is None:
        raise ProductNotFound()
    return render_template(
        "storefront/catalog/product.html", parts=parts, view=parts.view, product_id=state.id
    )


def _filters() -> ProductFilters:
    """What the address asks for; whatever makes no sense is passed over."""
    args = request.args
    sort = args.get("sort", "")
    return ProductFilters(
        text=" ".join(args.get("q", "")[:LONGEST_TEXT].replace("\0", "").split()),
        categories=_several("category"),
        sizes=_several("size"),
        prices=tuple(key for key in _several("price") if key in PRICE_BANDS),
        sort=Sort(sort) if sort in list(Sort) else None,
    )


def _several(name: str) -> tuple[str, ...]:
    values = (value.replace("\0", "")[:80] for value in request.args.getlist(name)[:MOST_CHOICES])
    return tuple(dict.fromkeys(value for value in values if value))


def _address(filters: ProductFilters, *, page: int = 1, without: tuple[str, str] | None = None) -> str:
    """The address of a list; `without` leaves one choice out."""
    choices = [("q", filters.text)] if filters.text else []
    for name, values in (
        ("category", filters.categories),
        ("size", filters.sizes),
        ("price", filters.prices),
    ):
        choices += [(name, value) for value in values]
    choices = [choice for choice in choices if choice != without]
    if filters.sort is not None:
        choices.append(("sort", filters.sort))
    if page > 1:
        choices.append(("page", str(page)))
    return "/shop" + (f"?{urlencode(choices)}" if choices else "")


def _heading(filters: ProductFilters) -> str:
    if filters.text:
        return gettext("“%(words)s”", words=filters.text)
    if len(filters.categories) == 1:
        return category_name(filters.categories[0])
    if not (filters.categories or filters.sizes or filters.prices):
        return gettext("New in")
    return gettext("The whole shop")


def _facets(filters: ProductFilters, found: ProductPage) -> list[dict[str, Any]]:
    """The filters beside the list. What is chosen stays there even when it leaves nothing."""
    sorts = (
        ("category", gettext("Kind"), filters.categories, category_name, place),
        ("size", gettext("Size"), filters.sizes, str, size_key),
        ("price", gettext("Price"), filters.prices, _band_name, list(PRICE_BANDS).index),
    )
    facets = []
    for name, title, chosen, label, order in sorts:
        counts = found.counts[name]
        keys = sorted(set(counts) | set(chosen), key=order)
        if keys:
            choices = [
                {"value": key, "label": label(key), "count": counts.get(key, 0), "chosen": key in chosen}
                for key in keys
            ]
            facets.append({"name": name, "title": title, "choices": choices})
    return facets


def _chosen(filters: ProductFilters) -> list[dict[str, str]]:
    """Every filter that is on, with the address that takes it off."""
    named = (
        [("q", filters.text, gettext("“%(words)s”", words=filters.text))] if filters.text else [],
        [("category", key, category_name(key)) for key in filters.categories],
        [("size", key, gettext("Size %(size)s", size=key)) for key in filters.sizes],
        [("price", key, _band_name(key)) for key in filters.prices],
    )
    return [
        {"label": label, "href": _address(filters, without=(name, key))}
        for group in named
        for name, key, label in group
    ]


def _sorts(filters: ProductFilters) -> list[tuple[str, str]]:
    names = {
        Sort.FITTING: gettext("Best match"),
        Sort.NEWEST: gettext("Newest first"),
        Sort.CHEAPEST: gettext("Price, low to high"),
        Sort.DEAREST: gettext("Price, high to low"),
    }
    return [(sort.value, name) for sort, name in names.items() if filters.text or sort is not Sort.FITTING]


def _band_name(key: str) -> str:
    currency = settings.current().currency
    low, high = PRICE_BANDS[key]
    if low == 0:
        return gettext("Under %(price)s", price=money(Money(high + 1, currency), whole=True))
    if high >= 10**12:
        return gettext("Over %(price)s", price=money(Money(low - 1, currency), whole=True))
    return gettext(
        "%(low)s to %(high)s",
        low=money(Money(low, currency), whole=True),
        high=money(Money(high, currency), whole=True),
    )

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from foundation import settings
from foundation.accounts.guards import public
from foundation.i18n import pick
from foundation.web.kept import KeptPages, is_stranger
from foundation.web.numbers import not_beyond, page_number
from storefront.catalog.structured import list_data, trail_data
from storefront.collections.errors import CollectionNotFound
from storefront.collections.models import Collection
from storefront.collections.parts import part_of
from storefront.collections.queries import shown_collection, shown_collections
from storefront.collections.showing import card_of, picture_of
from storefront.search.filters import Filters
from storefront.search.ports import Part
from storefront.search.queries import Found, find
from storefront.search.views import asked, listing_values

KEPT_PAGES = 200

_kept = KeptPages(KEPT_PAGES)

bp = Blueprint("collections", __name__, url_prefix="/collections")


@bp.get("")
@public
def collection_list() -> str:
    """Every collection that is on the web, those of the home page first."""
    page = page_number()
    found, more = shown_collections(page)
    not_beyond(page, found)
    return render_template(
        "storefront/collections/collections.html",
        cards=[card_of(one) for one in found],
        page=page,
        pages=page + more,
        previous=url_for("collections.collection_list", page=page - 1) if page > 1 else None,
        following=url_for("collections.collection_list", page=page + 1) if more else None,
    )


@bp.get("/<handle>")
@public
def collection(handle: str) -> str | Response:
    """One collection: what it is about, and its pieces with the filters and orders of the shop's list."""
    shown = shown_collection(handle)
    if shown is None:
        raise CollectionNotFound()
    filters = asked(part_of(shown), at_home=True)
    found = find(filters, page_number())
    if is_stranger(may_ask=True) and found.total:
        picture = shown.picture_product.version if shown.picture_product is not None else None
        key = (shown.id, shown.updated_at, picture, found.key, request.full_path)
        return _kept.answer(key, lambda: _page(shown, filters, found))
    return _page(shown, filters, found)


def find_part(key: str) -> Part | None:
    """A collection for the shop's list, by its handle."""
    shown = shown_collection(key)
    return part_of(shown) if shown is not None else None


def _page(shown: Collection, filters: Filters, found: Found) -> str:
    listing = listing_values(filters, found)
    base = settings.current().base_url
    trail = [(_("Home"), "/"), (_("Collections"), url_for("collections.collection_list")), (shown.name, None)]
    return render_template(
        "storefront/collections/collection.html",
        collection=shown,
        seo_title=pick(shown.seo_title or "", shown.seo_title_it) or shown.name,
        seo_description=pick(shown.seo_description or "", shown.seo_description_it) or shown.said,
        picture=picture_of(shown),
        base_url=base,
        trail=trail,
        trail_data=trail_data(trail, base, shown.path),
        list_data=list_data(listing["cards"], base),
        **listing,
    )

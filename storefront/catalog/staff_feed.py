"""`/staff/products/feed`: what Google's shopping service is told of, and what is left out, with reasons."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask_babel import lazy_gettext as _l

from foundation import settings
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.i18n import LANGUAGES, address_in, language_name
from foundation.web.numbers import not_beyond, page_number, pages_of
from storefront.catalog.offered import LEFT_OUT_PAGE, left_out
from storefront.catalog.shopping import Lack

WHY = {
    Lack.PICTURE: _l("No picture of it is ready."),
    Lack.COLOUR: _l("Its colour is not said, and none of its choices is one."),
}

bp = Blueprint("catalog_feed", __name__, url_prefix="/staff/products/feed")


@bp.get("")
@permitted(Permission.CATALOGUE_EDIT)
def feed() -> str:
    """Where the feed lies in each language, how much is in it, and what is not."""
    page = page_number()
    found = left_out(page)
    not_beyond(page, found.rows)
    last = pages_of(found.total, LEFT_OUT_PAGE)
    base = settings.current().base_url
    return render_template(
        "storefront/catalog/staff/feed.html",
        addresses=[
            (language_name(code), base + address_in(url_for("feeds.google"), code)) for code in LANGUAGES
        ],
        found=found,
        rows=[(product, WHY[lack], lack == Lack.PICTURE) for product, lack in found.rows],
        page=page,
        pages=last,
        previous=url_for("catalog_feed.feed", page=page - 1) if page > 1 else None,
        following=url_for("catalog_feed.feed", page=page + 1) if page < last else None,
    )

"""What others read by machine: an Atom feed of new pieces, and the file Google's shopping service fetches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, url_for
from flask_babel import gettext
from sqlalchemy import Row

from foundation import clock, settings
from foundation.accounts.guards import public
from foundation.files.storage import outside_url, url_of
from foundation.i18n import address_in, pick, reader_language
from foundation.money import Money, decimal_text
from foundation.streams import streamed
from foundation.web.formats import money
from foundation.web.xml import HEAD, element, moment, words
from storefront.catalog.cards import picture_card, product_path
from storefront.catalog.categories import path_name
from storefront.catalog.descriptions import plain_text
from storefront.catalog.models import Product
from storefront.catalog.naming import options_label, title_and_colour
from storefront.catalog.neighbours import newest
from storefront.catalog.offered import offers
from storefront.catalog.policy import COLOUR_OPTIONS, SIZE_OPTIONS, gtin_of, option_of
from storefront.catalog.shopping import age_group_of, gender_of, is_worn, lacking, one_size_of, taxonomy_of

NEW_PIECES = 30
# Google's limits, in characters and pictures: "Product data specification", title, description and
# additional image link.
LONGEST_TITLE, LONGEST_DESCRIPTION, MORE_PICTURES = 150, 5000, 10

bp = Blueprint("feeds", __name__)


@bp.get("/new.atom")
@public
def new_pieces() -> Response:
    """What came last into the shop and can be had, in the language of the address."""
    products = [row.product for row in newest(NEW_PIECES)]
    newest_change = max((product.updated_at for product in products), default=clock.now())
    language = reader_language()
    here = _host() + address_in(url_for("feeds.new_pieces"), language)
    shop = settings.current().shop_name
    head = [
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n',
        element("title", gettext("New at %(shop)s", shop=shop)),
        element("id", here),
        f'<link rel="self" type="application/atom+xml" href="{words(here)}"/>',
        f'<link rel="alternate" type="text/html" href="{words(_host() + address_in("/", language))}"/>',
        f"<author>{element('name', shop)}</author>",
        element("updated", moment(newest_change)),
        "\n",
    ]
    return streamed([*head, *(_entry(product) for product in products), "</feed>\n"], "application/atom+xml")


@bp.get("/feeds/google.xml")
@public
def google() -> Response:
    """Every variant in the shop, in the language of the address, as Google Merchant Center fetches it.

    What it would refuse is left out, and a comment in its place says why.
    """
    return streamed(_shopping(), "application/xml")


def _entry(product: Product) -> str:
    address = _host() + address_in(quote(product_path(product.handle)), reader_language())
    picture = picture_card(product, product.cover)
    shown = f'<img src="{words(outside_url(picture["src"]))}" alt="{words(picture["alt"])}"/>'
    story = pick(product.description, product.description_it)
    body = f"<p>{shown if picture['srcset'] else ''}</p>{story}<p>{words(money(product.price))}</p>"
    return (
        f"<entry>{element('title', title_and_colour(product))}"
        f"{element('id', _host() + quote(product_path(product.handle)))}"
        f'<link rel="alternate" type="text/html" href="{words(address)}"/>'
        f"{element('published', moment(product.published_at or product.created_at))}"
        f"{element('updated', moment(product.updated_at))}"
        f'<content type="html">{words(body)}</content></entry>\n'
    )


def _shopping() -> Iterator[str]:
    yield f'{HEAD}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
    yield element("title", settings.current().shop_name) + element("link", _host() + "/")
    yield element("description", gettext("Every piece in the shop")) + "\n"
    for row in offers():
        yield _offer(row)
    yield "</channel></rss>\n"


def _offer(row: Row[Any]) -> str:
    label = options_label(row.option_values)
    said = (row.option_names, row.option_values)
    gtin = gtin_of(row.barcode)
    pictures = [outside_url(url_of(key)) for key in row.pictures or () if key]
    colour = option_of(COLOUR_OPTIONS, *said) or pick(row.colour, row.colour_it)
    reason = lacking(category=row.category, picture="".join(pictures[:1]), colour=colour)
    if reason:
        return f"<!-- left out: {_in_a_comment(row.handle)} ({row.id}): {reason} -->\n"
    price = Money(row.price_minor, row.currency)
    reduced = row.compare_at_minor is not None and row.compare_at_minor > row.price_minor
    before = Money(row.compare_at_minor, row.currency) if reduced else price
    fields = [
        ("id", str(row.id)),
        ("item_group_id", row.handle if label else ""),
        ("title", ", ".join(part for part in (title_and_colour(row), label) if part)[:LONGEST_TITLE]),
        ("description", _story(row)[:LONGEST_DESCRIPTION]),
        ("link", _host() + address_in(quote(product_path(row.handle)), reader_language())),
        *(("image_link", address) for address in pictures[:1]),
        *(("additional_image_link", address) for address in pictures[1 : MORE_PICTURES + 1]),
        ("availability", "in_stock" if row.left > 0 else "out_of_stock"),
        ("price", f"{decimal_text(before)} {row.currency}"),
        ("sale_price", f"{decimal_text(price)} {row.currency}" if reduced else ""),
        ("condition", "new"),
        ("brand", row.vendor),
        ("gtin", gtin),
        ("mpn", row.sku),
        ("identifier_exists", "" if gtin or (row.sku and row.vendor) else "no"),
        ("google_product_category", taxonomy_of(row.category)),
        ("product_type", path_name(row.category)),
        ("size", option_of(SIZE_OPTIONS, *said) or one_size_of(row.category)),
        ("color", colour),
        *(_worn_by(row) if is_worn(row.category) else ()),
        ("material", pick(row.fabric, row.fabric_it)),
        ("shipping_weight", f"{row.grams} g" if row.grams else ""),
    ]
    return "<item>" + "".join(element(f"g:{name}", text) for name, text in fields) + "</item>\n"


def _worn_by(row: Row[Any]) -> list[tuple[str, str]]:
    # A name says whom a piece is for, but "Baby blue" is no age.
    filed = [row.kind, row.category, *row.tags]
    return [("gender", gender_of([row.title, *filed])), ("age_group", age_group_of(filed))]


def _in_a_comment(text: str) -> str:
    """Two hyphens end a comment of XML."""
    return re.sub("-{2,}", "-", words(text))


def _story(row: Row[Any]) -> str:
    return plain_text(pick(row.description, row.description_it)) or title_and_colour(row)


def _host() -> str:
    return settings.current().base_url

"""Collections as pages show them: cards, pictures, and their rules in the words of the shop floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from foundation import settings
from foundation.money import Money
from foundation.web.formats import money
from storefront.catalog.cards import picture_card
from storefront.catalog.categories import path_name
from storefront.catalog.listed import ListedPicture
from storefront.catalog.models import PictureStatus
from storefront.collections.models import Collection
from storefront.collections.policy import Field, Kind, Matches, Rule
from storefront.collections.queries import home_collections


def picture_of(collection: Collection) -> dict[str, Any] | None:
    """Its picture for the macros, None when it has none.

    `picture_product` has to be loaded with its cover. `whole`: it fills its frame, as a photograph does.
    """
    product = collection.picture_product
    if collection.picture_large_key is not None:
        brought = ListedPicture(
            alt=collection.title,
            alt_it=collection.title_it,
            status=PictureStatus.READY,
            small_key=collection.picture_small_key,
            medium_key=collection.picture_medium_key,
            large_key=collection.picture_large_key,
            width=collection.picture_width,
            height=collection.picture_height,
        )
        return picture_card(_Named(collection.title, collection.title_it), brought) | {"whole": True}
    if product is None or product.cover is None or product.cover.status != PictureStatus.READY:
        return None
    return picture_card(product, product.cover) | {"whole": False}


@dataclass(frozen=True, slots=True)
class _Named:
    """A picture without words of its own is called as its collection is."""

    title: str
    title_it: str | None
    colour: str = ""
    colour_it: str | None = None


def card_of(collection: Collection) -> dict[str, Any]:
    """A collection in a list of them."""
    return {"href": collection.path, "name": collection.name, "picture": picture_of(collection)}


def home_band(**_named: Any) -> str:
    """The band on the home page; nothing while no collection was put there."""
    cards = [card_of(one) for one in home_collections()]
    return render_template("storefront/collections/home_band.html", cards=cards) if cards else ""


def made_by(collection: Collection) -> str:
    """What decides which pieces it has, in one line; its rules have to be loaded."""
    if collection.kind == Kind.HAND:
        return _("Picked by hand")
    rules = [rule_words(row.rule) for row in collection.rules]
    if not rules:
        return _("No rule yet")
    return (_(" or ") if collection.matches == Matches.ANY else ", ").join(rules)


def rule_words(rule: Rule) -> str:
    """One rule as somebody would say it."""
    words, number = rule.words or "", rule.number or 0
    if rule.field == Field.CATEGORY:
        return path_name(words)
    if rule.field in (Field.PRICE_FROM, Field.PRICE_TO):
        price = money(Money(number, settings.current().currency))
        return (
            _("from %(price)s", price=price)
            if rule.field == Field.PRICE_FROM
            else _("up to %(price)s", price=price)
        )
    if rule.field == Field.LEFT_AT_MOST:
        return ngettext("at most %(num)s left", "at most %(num)s left", number)
    if rule.field == Field.NEWER_THAN:
        return ngettext("new since %(num)s day", "new since %(num)s days", number)
    return {
        Field.TAG: _("tag “%(words)s”", words=words),
        Field.TYPE: _("type “%(words)s”", words=words),
        Field.VENDOR: _("brand “%(words)s”", words=words),
        Field.IN_STOCK: _("in stock"),
        Field.ON_SALE: _("reduced"),
    }[rule.field]


def found_words(total: int, bounded: bool, shown: int) -> str:
    """How many pieces a preview found, and how many of them are pictured."""
    if not total:
        return _("No piece fits now.")
    if bounded:
        return _("More than %(num)s products now; the first %(shown)s pictured.", num=total, shown=shown)
    if total <= shown:
        return ngettext("%(num)s product now.", "%(num)s products now.", total)
    return ngettext(
        "%(num)s product now; the first %(shown)s pictured.",
        "%(num)s products now; the first %(shown)s pictured.",
        total,
        shown=shown,
    )

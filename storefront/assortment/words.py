"""What staff read of bulk edits: what was asked, what became of it, and why a product was left alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import get_decimal_symbol
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.money import Money, one_of
from foundation.web.formats import money, reader_locale
from storefront.assortment.policy import BulkChange, Kind, Rule, Why
from storefront.assortment.queries import Lack, Sort
from storefront.catalog.categories import path_name
from storefront.catalog.changing import Price
from storefront.catalog.models import ProductStatus

KINDS = {
    Kind.PUBLISH: _l("Put them into the shop"),
    Kind.WITHDRAW: _l("Take out, as a draft"),
    Kind.ARCHIVE: _l("Archive"),
    Kind.PRICE: _l("Change the price"),
    Kind.TAG: _l("Add a tag"),
    Kind.UNTAG: _l("Take a tag away"),
    Kind.CATEGORY: _l("Move to a department"),
}
CONSEQUENCES = {
    Kind.PUBLISH: _l("Everybody can see and buy them at once."),
    Kind.WITHDRAW: _l("Nobody can see or buy them until they are put back. Orders and looks keep them."),
    Kind.ARCHIVE: _l("Nobody can buy them any more. Orders and looks that hold them stay as they are."),
    Kind.PRICE: _l(
        "The new prices hold at once, for bags that are open too. Placed orders keep theirs, and those who"
        " have a piece in their bag are told."
    ),
    Kind.TAG: _l("What is kept by that tag shows them as well."),
    Kind.UNTAG: _l("What is kept by that tag shows them no longer."),
    Kind.CATEGORY: _l("They are found in that department, and their place in a look follows it."),
}
RULES = {
    Rule.LESS_PERCENT: _l("Less, by a percentage"),
    Rule.LESS: _l("Less, by an amount"),
    Rule.SET: _l("One price for all"),
    Rule.MORE_PERCENT: _l("More, by a percentage"),
    Rule.MORE: _l("More, by an amount"),
    Rule.BACK: _l("Back to the price before the reduction"),
}
WHY = {
    Why.SAME: _l("It is like that already."),
    Why.CHANGED: _l("Somebody changed it after you looked at it."),
    Why.GONE: _l("It is no longer there."),
    Why.NO_MOVE: _l("From where it is it cannot go there."),
    Why.NOTHING_SOLD: _l("Nothing of it is sold: it has no variant."),
    Why.FREE: _l("It would cost nothing."),
    Why.TOO_HIGH: _l("It would cost more than any price we take."),
    Why.NOT_CHEAPER: _l("Rounded, it would not be cheaper."),
    Why.NOT_DEARER: _l("Rounded, it would not cost more."),
    Why.NOT_REDUCED: _l("It is not reduced."),
    Why.TOO_MANY_TAGS: _l("It has as many tags as a product can have."),
}
STATUS = {
    ProductStatus.DRAFT: _l("draft"),
    ProductStatus.SCHEDULED: _l("waits for its day"),
    ProductStatus.ACTIVE: _l("in the shop"),
    ProductStatus.ARCHIVED: _l("archived"),
}
LACKS = {
    Lack.PICTURE: _l("no picture"),
    Lack.ITALIAN: _l("Italian missing"),
    Lack.LOW: _l("running low"),
    Lack.SALE: _l("reduced"),
}
SORTS = {
    Sort.CHANGED: _l("Last touched"),
    Sort.NEW: _l("Newest"),
    Sort.NAME: _l("Name"),
    Sort.CHEAP: _l("Cheapest"),
    Sort.DEAR: _l("Dearest"),
}


def asked_words(change: BulkChange, currency: str) -> str:
    """What was asked for, in one line: "Price: 10 % less, ending in .90, the old price stays beside it"."""
    match change.kind:
        case Kind.TAG:
            return _("Tag “%(tag)s” added", tag=change.word)
        case Kind.UNTAG:
            return _("Tag “%(tag)s” taken away", tag=change.word)
        case Kind.CATEGORY:
            return _("Moved to %(department)s", department=path_name(change.word))
        case Kind.PRICE:
            return ", ".join(_price_words(change, currency))
    return str(KINDS[change.kind])


def ending_words(hundredths: int, currency: str) -> str:
    """How a price ends, as it is read: .90 of a euro, .90 of a dinar, 90 of a hundred yen."""
    mark = get_decimal_symbol(reader_locale()) if one_of(currency) > 1 else ""
    return f"{mark}{hundredths:02}"


def _price_words(change: BulkChange, currency: str) -> list[str]:
    percent = f"{Decimal(change.figure) / 100:g}"
    amount = money(Money(change.figure, currency))
    said = {
        Rule.LESS_PERCENT: _("%(percent)s %% less", percent=percent),
        Rule.MORE_PERCENT: _("%(percent)s %% more", percent=percent),
        Rule.LESS: _("%(amount)s less", amount=amount),
        Rule.MORE: _("%(amount)s more", amount=amount),
        Rule.SET: _("%(amount)s for each", amount=amount),
        Rule.BACK: _("Back to the price before the reduction"),
    }[change.rule or Rule.SET]
    words = [said]
    if change.ending is not None:
        hundredths = change.ending * 100 // change.ending_of
        words.append(_("ending in %(digits)s", digits=ending_words(hundredths, currency)))
    if change.keep_old:
        words.append(_("the old price stays beside it"))
    return words


def values_words(values: dict[str, Any], currency: str) -> str:
    """Terms as `changing.differences` gives them, in one line."""
    said = []
    if "status" in values:
        said.append(str(STATUS[ProductStatus(values["status"])]))
    if "tags" in values:
        said.append(", ".join(values["tags"]) or _("no tag"))
    if "category" in values:
        said.append(path_name(values["category"]))
    if "prices" in values:
        prices = [Price(minor, compare_at) for minor, compare_at in values["prices"].values()]
        said.append(price_words(prices, currency))
    return ". ".join(said)


def price_words(prices: list[Price], currency: str) -> str:
    """The span of some prices, and what they are compared with: "80.00 to 90.00 (before: 100.00)"."""

    def span(figures: list[int]) -> str:
        ends = [money(Money(figure, currency)) for figure in sorted({min(figures), max(figures)})]
        return _("%(low)s to %(high)s", low=ends[0], high=ends[-1]) if len(ends) > 1 else ends[0]

    if not prices:
        return "–"
    now = span([price.minor for price in prices])
    before = [one.compare_at for one in prices if one.compare_at is not None and one.compare_at > one.minor]
    return _("%(price)s (before: %(before)s)", price=now, before=span(before)) if before else now

"""What a bulk edit makes of one product, or why it leaves it alone: pure functions on values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from foundation.money import ONE, one_of, round_half_up
from storefront.catalog.categories import slot_of
from storefront.catalog.changing import Price, Terms
from storefront.catalog.models import PRODUCT_MOVES, ProductStatus

# More at once would be more than anybody looks through before saying yes.
MOST = 500
MOST_TAGS = 50
HIGHEST = 99_999_999_00
TAKE_BACK = timedelta(hours=24)


class Kind(StrEnum):
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    TAG = "tag"
    UNTAG = "untag"
    CATEGORY = "category"
    PRICE = "price"


class Rule(StrEnum):
    """How a new price follows from the old. back: the price before the reduction holds again."""

    LESS_PERCENT = "less_percent"
    MORE_PERCENT = "more_percent"
    LESS = "less"
    MORE = "more"
    SET = "set"
    BACK = "back"


class Why(StrEnum):
    """Why a product is left alone."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NO_MOVE = "no_move"
    NOTHING_SOLD = "nothing_sold"
    FREE = "free"
    TOO_HIGH = "too_high"
    NOT_CHEAPER = "not_cheaper"
    NOT_DEARER = "not_dearer"
    NOT_REDUCED = "not_reduced"
    TOO_MANY_TAGS = "too_many_tags"


MOVES = {
    Kind.PUBLISH: ProductStatus.ACTIVE,
    Kind.WITHDRAW: ProductStatus.DRAFT,
    Kind.ARCHIVE: ProductStatus.ARCHIVED,
}


@dataclass(frozen=True)
class BulkChange:
    """What is asked of every product. `word`: a tag, or the key of a department. `figure`: basis points for
    a percentage, else minor units. `ending`: the last digits every new price gets, the nearest such price, as
    what is left over of `ending_of` minor units; None leaves it as it comes. `keep_old`: say what it cost
    before.
    """

    kind: Kind
    word: str = ""
    rule: Rule | None = None
    figure: int = 0
    ending: int | None = None
    ending_of: int = 100
    keep_old: bool = False

    def as_values(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "word": self.word,
            "rule": str(self.rule) if self.rule else None,
            "figure": self.figure,
            "ending": self.ending,
            "ending_of": self.ending_of,
            "keep_old": self.keep_old,
        }

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> BulkChange:
        rule = values["rule"]
        return cls(**{**values, "kind": Kind(values["kind"]), "rule": Rule(rule) if rule else None})


def planned(change: BulkChange, terms: Terms, now: datetime) -> Terms | Why:
    """The terms a product gets, or why it keeps its own."""
    after = _after(change, terms, now)
    return Why.SAME if after == terms else after


def ending_of(currency: str) -> int:
    """Of how many minor units a price has an ending: of one euro or dinar, and of a hundred yen."""
    return max(100, one_of(currency))


def ended(minor: int, ending: int | None, whole: int = 100) -> int:
    """The price with that ending that is nearest, the lower of two as near: 73.40 with 90 is 72.90."""
    if ending is None:
        return minor
    below = (minor - ending) // whole * whole + ending
    return below if minor - below <= below + whole - minor else below + whole


def new_price(change: BulkChange, price: Price) -> Price | Why:
    """The price that follows from one, with what it is compared with.

    A reduction that keeps the old price keeps the highest it was compared with already; a comparison that is
    no longer above the price goes.
    """
    if change.rule is Rule.BACK:
        if price.compare_at is None or price.compare_at <= price.minor:
            return Why.NOT_REDUCED
        return Price(price.compare_at, None)
    minor = ended(_reckoned(change, price.minor), change.ending, change.ending_of)
    if minor <= 0:
        return Why.FREE
    if minor > HIGHEST:
        return Why.TOO_HIGH
    if change.rule in (Rule.LESS, Rule.LESS_PERCENT) and minor >= price.minor:
        return Why.NOT_CHEAPER
    if change.rule in (Rule.MORE, Rule.MORE_PERCENT) and minor <= price.minor:
        return Why.NOT_DEARER
    old = max(price.minor, price.compare_at or 0) if change.keep_old else price.compare_at
    return Price(minor, old if old is not None and old > minor else None)


def _reckoned(change: BulkChange, minor: int) -> int:
    match change.rule:
        case Rule.LESS_PERCENT:
            return minor - round_half_up(minor * change.figure, ONE)
        case Rule.MORE_PERCENT:
            return minor + round_half_up(minor * change.figure, ONE)
        case Rule.LESS:
            return minor - change.figure
        case Rule.MORE:
            return minor + change.figure
        case _:
            return change.figure


def _after(change: BulkChange, terms: Terms, now: datetime) -> Terms | Why:
    if change.kind in MOVES:
        return _moved(MOVES[change.kind], terms, now)
    if change.kind is Kind.CATEGORY:
        return replace(terms, category=change.word, slot=slot_of(change.word))
    if change.kind is Kind.PRICE:
        return _priced(change, terms)
    tags = tuple(tag for tag in terms.tags if tag.casefold() != change.word.casefold())
    if change.kind is Kind.UNTAG:
        return replace(terms, tags=tags)
    if len(tags) < len(terms.tags):
        return Why.SAME
    return Why.TOO_MANY_TAGS if len(tags) >= MOST_TAGS else replace(terms, tags=(*tags, change.word))


def _moved(end: ProductStatus, terms: Terms, now: datetime) -> Terms | Why:
    if terms.status is end:
        return Why.SAME
    if not PRODUCT_MOVES.allows(terms.status, end):
        return Why.NO_MOVE
    if end is not ProductStatus.ACTIVE:
        return replace(terms, status=end)
    if not terms.prices:
        return Why.NOTHING_SOLD
    seen = terms.published_at
    return replace(terms, status=end, published_at=now if seen is None or seen > now else seen)


def _priced(change: BulkChange, terms: Terms) -> Terms | Why:
    if not terms.prices:
        return Why.NOTHING_SOLD
    prices: dict[int, Price] = {}
    for variant_id, price in terms.prices.items():
        # Of a product some sizes may be reduced: the others stay as they are.
        if change.rule is Rule.BACK and (price.compare_at or 0) <= price.minor:
            prices[variant_id] = price
            continue
        after = new_price(change, price)
        if isinstance(after, Why):
            return after
        prices[variant_id] = after
    if change.rule is Rule.BACK and prices == dict(terms.prices):
        return Why.NOT_REDUCED
    return replace(terms, prices=prices)

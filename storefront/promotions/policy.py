"""What vouchers take off a bag, as arithmetic on values. Whole minor units; every cent has its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from foundation.money import ONE, allocate, round_half_up
from storefront.catalog.categories import nearest

# More than so many at once are a puzzle, not an offer.
MOST_AT_ONCE = 3
CREDIT_MARK = "*"


class Kind(StrEnum):
    """What a voucher gives. `pieces`: buy some, get some of the cheapest for less."""

    PIECES = "pieces"
    PERCENT = "percent"
    AMOUNT = "amount"
    DELIVERY = "delivery"


class Way(StrEnum):
    """How it comes to count: by a code somebody types, offered to everybody without one, or as the credit of
    one account, which counts by itself for nobody else and is spent bit by bit.
    """

    TYPED = "typed"
    OFFERED = "offered"
    OWN = "own"


class Scope(StrEnum):
    """What it counts for."""

    EVERYTHING = "everything"
    CATEGORIES = "categories"
    PRODUCTS = "products"
    COLLECTIONS = "collections"


class Why(StrEnum):
    """Why a voucher takes nothing off just now."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    OVER = "over"
    USED_UP = "used_up"
    USED_BY_YOU = "used_by_you"
    NOT_FIRST = "not_first"
    NOT_COVERED = "not_covered"
    MINIMUM = "minimum"
    TOO_FEW = "too_few"
    NO_DELIVERY = "no_delivery"
    LESS = "less"
    OFFERED = "offered"
    SPENT = "spent"


# What an offer says while it does not count: what the bag lacks for it. The rest is nobody's business.
WORTH_SAYING = frozenset({Why.MINIMUM, Why.TOO_FEW})
# What may still come to count while the bag is filled; all else is over for this shopper.
MAY_COUNT_LATER = frozenset({Why.NOT_COVERED, Why.MINIMUM, Why.TOO_FEW, Why.NO_DELIVERY, Why.LESS})


@dataclass(frozen=True, slots=True)
class Terms:
    """A voucher as it stands now. `uses` leaves out what the asking shopper's own open order holds, and the
    `amount_minor` of own credit is what is left of it.

    `percent_bps` is what percent takes off, and for `pieces` what the given pieces become cheaper by.
    """

    voucher_id: int
    code: str
    kind: Kind
    percent_bps: int = 0
    amount_minor: int = 0
    buy: int = 0
    get: int = 0
    scope: Scope = Scope.EVERYTHING
    categories: Sequence[str] = ()
    product_ids: Sequence[int] = ()
    collection_ids: Sequence[int] = ()
    minimum_minor: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    first_order: bool = False
    total_limit: int | None = None
    uses: int = 0
    stackable: bool = False
    paused: bool = False
    way: Way = Way.TYPED

    def covers(self, line: Line) -> bool:
        if self.scope == Scope.CATEGORIES:
            return nearest(line.category, self.categories) is not None
        if self.scope == Scope.COLLECTIONS:
            return not line.collections.isdisjoint(self.collection_ids)
        return self.scope == Scope.EVERYTHING or line.product_id in self.product_ids


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bag, as far as vouchers look at it. `collections`: those of the asked ones it is in."""

    product_id: int
    category: str
    unit_minor: int
    quantity: int
    collections: frozenset[int] = frozenset()

    @property
    def gross_minor(self) -> int:
        return self.unit_minor * self.quantity


@dataclass(frozen=True, slots=True)
class Given:
    """What one voucher takes off: of each line, in their order, and of delivery."""

    terms: Terms
    lines: tuple[int, ...]
    delivery_minor: int = 0

    @property
    def minor(self) -> int:
        return sum(self.lines) + self.delivery_minor


@dataclass(frozen=True, slots=True)
class Held:
    """A voucher that takes nothing off, and why; `missing_minor` is what is missing to its minimum."""

    terms: Terms
    why: Why
    missing_minor: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """What all vouchers of a bag come to."""

    given: tuple[Given, ...] = ()
    held: tuple[Held, ...] = ()
    of_lines: tuple[int, ...] = field(default=())

    @property
    def goods_minor(self) -> int:
        return sum(self.of_lines)

    @property
    def delivery_minor(self) -> int:
        return sum(one.delivery_minor for one in self.given)


NOTHING = Quote()


def why_not(terms: Terms, now: datetime, *, ordered_before: bool = False) -> Why | None:
    """Why nobody, or not this shopper, can use it now, whatever lies in the bag; None when they can."""
    if terms.paused:
        return Why.UNKNOWN
    if terms.starts_at is not None and now < terms.starts_at:
        return Why.NOT_YET
    if terms.ends_at is not None and now >= terms.ends_at:
        return Why.OVER
    if terms.total_limit is not None and terms.uses >= terms.total_limit:
        return Why.USED_UP
    if terms.first_order and ordered_before:
        return Why.NOT_FIRST
    return None


def quote(
    vouchers: Sequence[Terms],
    lines: Sequence[Line],
    *,
    now: datetime,
    delivery_minor: int | None = None,
    ordered_before: bool = False,
    already_off: Sequence[int] = (),
    least_minor: int = 1,
) -> Quote:
    """What these vouchers take off these lines, and of a delivery that costs `delivery_minor`.

    `already_off` is what somebody took off each line before (empty: nothing): vouchers count on what is left.

    None for delivery: it was not chosen yet. Bought-together offers come first, on the full price, then
    percentages, then amounts, each on what is left; so the order they were typed in changes nothing, and no
    line goes below zero. The minimum is measured on the full price of what the voucher counts for. Own credit
    comes after all of them: it pays for what is left, and leaves nothing or at least `least_minor`, for less
    cannot be paid.
    """
    left = [line.gross_minor for line in lines]
    if already_off:
        left = [gross - off for gross, off in zip(left, already_off, strict=True)]
    to_pay = list(left)
    given, held = [], []
    for terms in sorted(vouchers, key=_turn):
        why = why_not(terms, now, ordered_before=ordered_before)
        covered = [terms.covers(line) for line in lines]
        worth = sum(line.gross_minor for line, yes in zip(lines, covered, strict=True) if yes)
        if why is None and not any(covered):
            why = Why.NOT_COVERED
        if why is None and worth < terms.minimum_minor:
            why = Why.MINIMUM
        if why is None and terms.kind == Kind.DELIVERY and not delivery_minor and delivery_minor is not None:
            why = Why.NO_DELIVERY
        if why is not None:
            held.append(Held(terms, why, max(terms.minimum_minor - worth, 0)))
            continue
        counted = [rest if yes else 0 for rest, yes in zip(left, covered, strict=True)]
        off = _off(terms, lines, counted, delivery_minor or 0, least_minor)
        if not any(off) and terms.kind != Kind.DELIVERY:
            held.append(Held(terms, Why.TOO_FEW if terms.kind == Kind.PIECES else Why.NOT_COVERED))
            continue
        left = [rest - less for rest, less in zip(left, off, strict=True)]
        free = delivery_minor or 0 if terms.kind == Kind.DELIVERY else 0
        delivery_minor = delivery_minor if delivery_minor is None else delivery_minor - free
        given.append(Given(terms, tuple(off), free))
    return Quote(
        tuple(given),
        tuple(held),
        tuple(before - rest for before, rest in zip(to_pay, left, strict=True)),
    )


def best_quote(vouchers: Sequence[Terms], lines: Sequence[Line], **asked: Any) -> Quote:
    """What typed vouchers and offers come to together, `asked` as in `quote`; the shopper gets the most.

    What says of itself that it goes with others counts with others that say so too. Where it does not, each
    way is tried: what was typed, every offer alone, all offers that go together. A typed voucher that would
    give less than an offer waits, unused, and says so.
    """
    own = [one for one in vouchers if one.way == Way.OWN]
    if own:
        best = best_quote([one for one in vouchers if one.way != Way.OWN], lines, **asked)
        paid = quote([*(one.terms for one in best.given), *own], lines, **asked)
        return replace(paid, held=best.held)
    typed = [one for one in vouchers if one.way == Way.TYPED]
    offers = [one for one in vouchers if one.way == Way.OFFERED]
    if not offers:
        return quote(typed, lines, **asked)
    friendly = [one for one in offers if one.stackable]
    beside = friendly if all(one.stackable for one in typed) else []
    tries = [[*typed, *beside], *([one] for one in offers if not one.stackable), friendly]
    quotes = [quote(some, lines, **asked) for some in tries]
    best = max(quotes, key=lambda one: one.goods_minor + one.delivery_minor)
    held = [one for one in best.held if one.terms.way == Way.TYPED]
    if best is not quotes[0]:
        held += [Held(one, Why.LESS) for one in typed]
    known = {one.terms.voucher_id for one in best.given}
    said = [
        one
        for one in (*best.held, *(one for other in quotes for one in other.held))
        if one.terms.way == Way.OFFERED and one.why in WORTH_SAYING and one.terms.voucher_id not in known
    ]
    held += {one.terms.voucher_id: one for one in said}.values()
    return replace(best, held=tuple(held))


def _turn(terms: Terms) -> tuple[bool, int, int]:
    """When a voucher is reckoned: own credit last, for it is money and no offer."""
    return terms.way == Way.OWN, list(Kind).index(terms.kind), terms.voucher_id


def _payable(credit: int, goods: int, delivery: int, least: int) -> int:
    """How much of a credit pays for goods, so that what is left to pay is nothing, or can be paid."""
    used = min(credit, goods)
    left = goods + delivery - used
    return max(0, used - (least - left)) if 0 < left < least else used


def _off(terms: Terms, lines: Sequence[Line], left: Sequence[int], delivery: int, least: int) -> list[int]:
    """What a voucher takes off each line of which `left` is still to pay and counts."""
    whole = sum(left)
    if not whole or terms.kind == Kind.DELIVERY:
        return [0] * len(left)
    if terms.kind == Kind.PIECES:
        return _cheapest(terms, lines, left)
    if terms.kind == Kind.PERCENT:
        return allocate(round_half_up(whole * terms.percent_bps, ONE), left)
    if terms.way == Way.OWN:
        return allocate(_payable(terms.amount_minor, whole, delivery, least), left)
    return allocate(min(terms.amount_minor, whole), left)


def _cheapest(terms: Terms, lines: Sequence[Line], left: Sequence[int]) -> list[int]:
    """Of every `buy` + `get` pieces, the dearest are paid in full; all the given ones are the cheapest."""
    pieces = sorted(
        (
            (line.unit_minor, place)
            for place, line in enumerate(lines)
            if left[place]
            for _ in range(line.quantity)
        ),
        key=lambda piece: (piece[0], -piece[1]),
    )
    free = [0] * len(lines)
    for unit, place in pieces[: len(pieces) // (terms.buy + terms.get) * terms.get]:
        free[place] += unit
    free = [min(part, rest) for part, rest in zip(free, left, strict=True)]
    whole = sum(free)
    return allocate(round_half_up(whole * terms.percent_bps, ONE), free) if whole else free


def together(newest_first: Sequence[Terms]) -> list[int]:
    """Which vouchers of a bag stay, by number: the newest always, others beside it when all of them may.

    The one rule for typing another code and for signing in with a bag on either side.
    """
    kept: list[Terms] = []
    for terms in newest_first:
        if not kept or (kept[0].stackable and terms.stackable and len(kept) < MOST_AT_ONCE):
            kept.append(terms)
    return [terms.voucher_id for terms in kept]


def is_credit(code: str) -> bool:
    """Whether the name of a voucher is that of somebody's own credit; no code that can be typed begins so."""
    return code.startswith(CREDIT_MARK)


def spelled(code: str) -> str:
    """A code as it is kept: in capitals, without the spaces people type."""
    return "".join(code.split()).upper()

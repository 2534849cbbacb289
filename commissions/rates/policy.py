"""What an editor earns of a sale: one pure function from rate cards to a rate, with a trace of how it came.

Here, and nowhere else, stands which card is the more specific: `ORDER`. What is sold comes before who sold
it, and that before who bought it; the rate of the programme is there for all the rest. Of two cards that
are equally specific the higher rate counts. Campaigns add on top of whichever card won.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from foundation.money import ONE, allocate

NOTICE = timedelta(days=30)  # a cut reaches editors so long after it was announced


class Scope(StrEnum):
    """What a card counts for. customer: its subject is `new` or `returning`; the programme's has none."""

    PRODUCT = "product"
    COLLECTION = "collection"
    CATEGORY = "category"
    COHORT = "cohort"
    TIER = "tier"
    CUSTOMER = "customer"
    PROGRAMME = "programme"


ORDER = (
    Scope.PRODUCT,
    Scope.COLLECTION,
    Scope.CATEGORY,
    Scope.COHORT,
    Scope.TIER,
    Scope.CUSTOMER,
    Scope.PROGRAMME,
)
NEW, RETURNING = "new", "returning"


class CardKind(StrEnum):
    """rate: the most specific one counts. campaign: adds its basis points on top, for its days."""

    RATE = "rate"
    CAMPAIGN = "campaign"


class Per(StrEnum):
    """What a cap is for: one line, one order, all that one editor is credited for in a day or a month."""

    LINE = "line"
    ORDER = "order"
    DAY = "day"
    MONTH = "month"


class Verdict(StrEnum):
    """Why a card that fits counted, or did not."""

    WON = "won"
    BROADER = "broader"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the decision sees it. `rate_bps` None: from then on its subject has no rate of its own.

    Of cards for the same thing the one written last counts, from its moment on: so a later word takes an
    announced one back. `until` is the end of a campaign, not counted.
    """

    id: int
    kind: CardKind
    scope: Scope
    subject: str
    rate_bps: int | None
    valid_from: datetime
    until: datetime | None = None
    label: str = ""
    label_it: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All of a line that a rate can depend on. `categories`: the nearest department first, then those
    above.
    """

    product_id: int
    categories: tuple[str, ...] = ()
    collections: frozenset[int] = frozenset()
    cohort_id: int | None = None
    tier_id: int | None = None
    new_customer: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A card that fits a line, and what became of it."""

    card: Card
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """The rate of a line: `card` won, `campaigns` were added, and everything that was looked at, the
    winner first.
    """

    rate_bps: int
    card: Card
    campaigns: tuple[Card, ...]
    looked: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much for a line, an order, a day or a month; None: no limit from then on."""

    id: int
    per: Per
    amount_minor: int | None
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a line may earn at most because of a cap: `amount_minor` of it, `allowed_minor` for this line."""

    per: Per
    amount_minor: int
    allowed_minor: int


@dataclass(frozen=True, slots=True)
class Used:
    """What the editor who is credited already has of the day and of the month, in minor units."""

    day_minor: int = 0
    month_minor: int = 0


NOTHING_USED = Used()


@dataclass(frozen=True, slots=True)
class Change:
    """A new rate beside what counts now: whether anybody could get less by it."""

    is_cut: bool
    changes: bool = field(default=True)


def in_force(cards: Iterable[Card], at: datetime) -> list[Card]:
    """The cards that count at a moment: for each thing its last word, and every campaign that runs."""
    last: dict[tuple[Scope, str], Card] = {}
    running = []
    for card in sorted(cards, key=lambda one: one.id):
        if card.valid_from > at:
            continue
        if card.kind is CardKind.CAMPAIGN:
            if card.until is None or at < card.until:
                running.append(card)
        else:
            last[card.scope, card.subject] = card
    return [card for card in last.values() if card.rate_bps is not None] + running


def decide(cards: Sequence[Card], line: Situation) -> Decision:
    """The rate of one line by the cards in force; the order in which they are given does not matter.

    Raises `ValueError` when not even the programme has a rate: the migration lays one down.
    """
    fitting = [card for card in cards if _fits(card, line)]
    rates = sorted((card for card in fitting if card.kind is CardKind.RATE), key=lambda c: _rank(c, line))
    if not rates:
        raise ValueError("There is no rate of the programme.")
    won = rates[0]
    campaigns = tuple(sorted((one for one in fitting if one.kind is CardKind.CAMPAIGN), key=lambda c: c.id))
    looked = [Looked(card, _verdict(card, won, line)) for card in rates]
    total = sum(card.rate_bps or 0 for card in (won, *campaigns))
    return Decision(min(ONE, total), won, campaigns, tuple(looked))


def ceilings(amounts: Sequence[int], caps: Iterable[Cap], used: Used = NOTHING_USED) -> list[Ceiling | None]:
    """What each line of an order may earn at most; None where no cap reaches it.

    The caps are looked at one after the other, from the line to the month; what one leaves is divided
    between the lines by the largest remainder. `amounts`: the commission of each line without caps.
    """
    found: list[Ceiling | None] = [None] * len(amounts)
    left = list(amounts)
    limits = {cap.per: cap.amount_minor for cap in caps}
    for per in Per:
        limit = limits.get(per)
        if limit is None:
            continue
        if per is Per.LINE:
            allowed = [min(one, limit) for one in left]
        else:
            spent = {Per.DAY: used.day_minor, Per.MONTH: used.month_minor}.get(per, 0)
            room = max(0, limit - spent)
            allowed = allocate(room, left) if sum(left) > room else left
        for index, (before, after) in enumerate(zip(left, allowed, strict=True)):
            if after < before:
                found[index] = Ceiling(per, limit, after)
        left = allowed
    return found


def caps_in_force(caps: Iterable[Cap], at: datetime) -> list[Cap]:
    """The caps that count at a moment: the last word for each."""
    last: dict[Per, Cap] = {}
    for cap in sorted(caps, key=lambda one: one.id):
        if cap.valid_from <= at:
            last[cap.per] = cap
    return [cap for cap in last.values() if cap.amount_minor is not None]


def judge(cards: Sequence[Card], scope: Scope, subject: str, rate_bps: int | None, now: datetime) -> Change:
    """Whether a new rate is a cut: whether anybody could get less by it than by what counts now.

    A first rate of its own is held against every broader one, the end of it against the lowest of them.
    """
    counting = [card for card in in_force(cards, now) if card.kind is CardKind.RATE]
    own = next((card for card in counting if (card.scope, card.subject) == (scope, subject)), None)
    broader = [card.rate_bps or 0 for card in counting if card is not own and _may_be_broader(card, scope)]
    announced = any(
        (card.scope, card.subject) == (scope, subject) and card.valid_from > now
        and (own is None or card.id > own.id)
        for card in cards if card.kind is CardKind.RATE
    )  # fmt: skip
    before = own.rate_bps if own is not None else None
    if before is not None:
        after = rate_bps if rate_bps is not None else min(broader, default=0)
        return Change(after < before, rate_bps != before or announced)
    return Change(
        rate_bps is not None and rate_bps < max(broader, default=0), rate_bps is not None or announced
    )


def starts_at(*, is_cut: bool, now: datetime, wished: datetime | None) -> datetime:
    """When a change counts from: a rise at once, a cut after the notice, both later if that was wished."""
    earliest = now + NOTICE if is_cut else now
    return max(earliest, wished) if wished is not None else earliest


def _may_be_broader(card: Card, scope: Scope) -> bool:
    """Departments lie in one another, so another one of them may be the broader."""
    return ORDER.index(card.scope) > ORDER.index(scope) or card.scope is scope is Scope.CATEGORY


def _fits(card: Card, line: Situation) -> bool:
    return {
        Scope.PRODUCT: card.subject == str(line.product_id),
        Scope.COLLECTION: card.subject in {str(one) for one in line.collections},
        Scope.CATEGORY: card.subject in line.categories,
        Scope.COHORT: line.cohort_id is not None and card.subject == str(line.cohort_id),
        Scope.TIER: line.tier_id is not None and card.subject == str(line.tier_id),
        Scope.CUSTOMER: card.subject == (NEW if line.new_customer else RETURNING),
        Scope.PROGRAMME: True,
    }[card.scope]


def _specificity(card: Card, line: Situation) -> tuple[int, int]:
    near = line.categories.index(card.subject) if card.scope is Scope.CATEGORY else 0
    return ORDER.index(card.scope), near


def _rank(card: Card, line: Situation) -> tuple[tuple[int, int], int, int]:
    return _specificity(card, line), -(card.rate_bps or 0), -card.id


def _verdict(card: Card, won: Card, line: Situation) -> Verdict:
    if card is won:
        return Verdict.WON
    same = _specificity(card, line) == _specificity(won, line)
    return Verdict.LOWER if same else Verdict.BROADER

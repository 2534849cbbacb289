"""Rates put together for the pages: what counts now, what is announced, what runs, and what counted
before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from commissions.rates.models import RateCap, RateCard
from commissions.rates.policy import ORDER, CardKind, Scope, caps_in_force, in_force
from commissions.rates.words import card_words
from foundation.settings import current
from foundation.web.amounts import last_day_of


class Shown(StrEnum):
    """A part of the list of rates."""

    NOW = "now"
    ANNOUNCED = "announced"
    CAMPAIGNS = "campaigns"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Row:
    """A card with what it is for in words, and the last day of a campaign."""

    card: RateCard
    name: str
    last_day: date | None


def parted(cards: Sequence[RateCard], now: datetime) -> dict[Shown, list[Row]]:
    """Every card in the part of the list it belongs to, the most specific first, earlier ones by their
    day.
    """
    counting = {card.id for card in in_force((one.card for one in cards), now)}
    last: dict[tuple[str, str], int] = {}
    for card in cards:
        if card.kind == CardKind.RATE:
            last[card.scope, card.subject] = max(card.id, last.get((card.scope, card.subject), 0))
    parts: dict[Shown, list[Row]] = {shown: [] for shown in Shown}
    for card in cards:
        row = Row(card, card_words(card), last_day_of(card.until, current().timezone))
        if card.kind == CardKind.CAMPAIGN:
            over = card.until is not None and card.until <= now
            parts[Shown.EARLIER if over else Shown.CAMPAIGNS].append(row)
        elif card.id in counting:
            parts[Shown.NOW].append(row)
        elif card.valid_from > now and last[card.scope, card.subject] == card.id:
            parts[Shown.ANNOUNCED].append(row)
        else:
            parts[Shown.EARLIER].append(row)
    for shown in (Shown.NOW, Shown.ANNOUNCED):
        parts[shown].sort(key=lambda row: (ORDER.index(Scope(row.card.scope)), row.name))
    return parts


def in_scope(rows: Sequence[Row], scope: str) -> list[Row]:
    """Those that are for one kind of thing; all of them for what is no scope."""
    return [row for row in rows if row.card.scope == scope] if scope in set(Scope) else list(rows)


def caps_shown(caps: Sequence[RateCap], now: datetime) -> list[RateCap]:
    """The caps that count now and those that are announced, from the line to the month."""
    counting = {cap.id for cap in caps_in_force((one.cap for one in caps), now)}
    last = {per: max(one.id for one in caps if one.per == per) for per in {one.per for one in caps}}
    return [one for one in caps if one.id in counting or (one.valid_from > now and last[one.per] == one.id)]


def of_editor(cards: Sequence[RateCard], cohort_id: int | None, tier_id: int | None) -> list[RateCard]:
    """The cards that can count for one editor: all but those for other steps and other groups."""
    mine = {Scope.COHORT: str(cohort_id), Scope.TIER: str(tier_id)}
    return [card for card in cards if mine.get(Scope(card.scope), card.subject) == card.subject]

"""Bonuses put together for the pages: what runs for an editor and how far they are, and what they earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from commissions.accruals.words import TONES, state_words
from commissions.bonuses.counting import reached
from commissions.bonuses.models import Award, Bonus
from commissions.bonuses.policy import BonusKind, Standing
from commissions.bonuses.queries import ahead, awards_of, concerns, sold_before
from commissions.bonuses.words import asks_for, award_words, how_far
from foundation.settings import current
from foundation.web.amounts import last_day_of


@dataclass(frozen=True, slots=True)
class Open:
    """A bonus an editor can still earn. `standing` None: it has not begun, or is counted at an event."""

    bonus: Bonus
    asks: str
    last_day: date | None
    standing: Standing | None
    words: str


@dataclass(frozen=True, slots=True)
class Earned:
    """What an editor earned, with its state and what comes next in words."""

    award: Award
    state: str
    tone: str
    words: str


def open_to(editor_id: int, now: datetime) -> list[Open]:
    """What an editor can still earn, what ends first before the others."""
    has = {one.bonus_id for one in awards_of(editor_id) if one.left_minor}
    found = [
        one
        for one in ahead(now)
        if one.id not in has
        and concerns(one, editor_id, now)
        and not (one.kind == BonusKind.FIRST_SALE and sold_before(editor_id, min(now, one.begins_at)))
    ]
    counted = [one for one in found if one.begins_at <= now and one.kind != BonusKind.EVENT]
    far = reached(editor_id, counted) if counted else {}
    return [
        Open(
            bonus=one,
            asks=asks_for(one),
            last_day=last_day_of(one.ends_at, current().timezone),
            standing=far.get(one.id),
            words=how_far(one, far[one.id]) if one.id in far else "",
        )
        for one in found
    ]


def earned_by(editor_id: int) -> list[Earned]:
    """What an editor earned, the newest first."""
    return [
        Earned(
            one,
            state_words(one.status, due_at=one.due_at, paid_at=one.paid_at),
            TONES[one.status],
            award_words(one),
        )
        for one in awards_of(editor_id)
    ]

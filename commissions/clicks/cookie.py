"""The cookie of those who agreed that the links they come by are remembered: what is in it, and nothing else.

Signed, so that nobody writes clicks into it. It names clicks by number, with the editor and the moment of
each, and when its reader agreed. A refusal is kept as the one word that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

NAME = "credit"
REFUSED = "no"
MOST = 8  # clicks: the first, which may be the one that counts, and the last ones
LONGEST = 2000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Carried:
    """A click that is remembered."""

    click_id: int
    editor_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Remembered:
    """Since when its reader agrees, and the clicks there were since then, oldest first."""

    agreed_at: datetime
    clicks: tuple[Carried, ...] = ()

    def plus(self, clicks: Iterable[Carried]) -> Remembered:
        """With these clicks, too; too many leave the first one and the last ones."""
        known = {one.click_id: one for one in (*self.clicks, *clicks)}
        every = sorted(known.values(), key=lambda one: (one.at, one.click_id))
        return replace(self, clicks=tuple(every if len(every) <= MOST else [every[0], *every[1 - MOST :]]))

    def of(self, editor_id: int | None) -> Remembered:
        """Nothing but one editor's clicks, or with None nothing at all; what was agreed stays."""
        return replace(self, clicks=tuple(one for one in self.clicks if one.editor_id == editor_id))

    def since(self, moment: datetime) -> Remembered:
        """Without what is older."""
        return replace(self, clicks=tuple(one for one in self.clicks if one.at >= moment))


def written(kept: Remembered, secrets: Sequence[str]) -> str:
    """What the browser gets to keep; `secrets` are the keys, the current one last."""
    clicks = [[one.click_id, one.editor_id, int(one.at.timestamp())] for one in kept.clicks]
    return str(_serializer(secrets).dumps([int(kept.agreed_at.timestamp()), clicks]))


def read(value: str, secrets: Sequence[str], *, days: int, now: datetime) -> Remembered | None:
    """What a cookie of ours says, without what is older than `days`; None for any other text."""
    if len(value) > LONGEST:
        return None
    try:
        agreed, clicks = _serializer(secrets).loads(value)
        kept = Remembered(_moment(agreed), tuple(Carried(int(c), int(e), _moment(at)) for c, e, at in clicks))
    except (BadData, TypeError, ValueError, OverflowError):
        return None
    return kept.since(now - timedelta(days=days))


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(int(str(seconds)), UTC)


def _serializer(secrets: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(secrets), salt="clicks.cookie")

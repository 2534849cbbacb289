"""Looking at what was sold: facts into signals, signals into cases. Called by jobs, never by an order."""

from __future__ import annotations

from collections.abc import Sequence

from disposable_email_domains import blocklist

from commissions.signals.actions import join_held, note
from commissions.signals.gathering import editors_seen, sales_seen
from commissions.signals.policy import Thresholds, editor_signals, sale_signals
from commissions.signals.queries import standing_kinds
from foundation import clock
from foundation.actors import Actor

WATCH = Actor.system("commissions.signals")
DISPOSABLE = frozenset(blocklist)


def look_at_sales(
    *, order_ids: Sequence[int], key: bytes, brand: str, limits: Thresholds, return_days: int
) -> int:
    """Look at some sales; how many of them have something to look at. One statement gathers all of it."""
    seen = sales_seen(order_ids, key)
    standing = standing_kinds(sorted({one.editor_id for one in seen}))
    found = 0
    for one in seen:
        signals = sale_signals(one.facts, limits, DISPOSABLE, brand)
        if signals:
            found += 1
            note(
                actor=WATCH,
                editor_id=one.editor_id,
                order_id=one.order_id,
                order_number=one.order_number,
                signals=signals,
                limits=limits,
                return_days=return_days,
            )
    for editor_id, (_kinds, held) in standing.items():
        if held:
            join_held(actor=WATCH, editor_id=editor_id, return_days=return_days)
    return found


def look_at_editors(*, limits: Thresholds, return_days: int) -> int:
    """Look at all that came by every editor lately; of how many there is something to look at."""
    found = 0
    for editor_id, facts in editors_seen(clock.now()):
        signals = editor_signals(facts, limits)
        if signals:
            found += 1
            note(
                actor=WATCH,
                editor_id=editor_id,
                order_id=None,
                order_number=None,
                signals=signals,
                limits=limits,
                return_days=return_days,
            )
    return found

"""Connections to the database past the session, each statement on them a transaction of its own.

A pool of the plainest kind: whoever comes takes the connection that was given back last, or opens another, so
there are never more of them than threads at work. SQLAlchemy's pool, with what it does for a session, costs a
tenth of the fastest route.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

TRUSTED_SECONDS = 2.0  # how long an unused connection is believed to live

Resting = deque[tuple[float, psycopg.Connection[Any]]]

_resting: WeakKeyDictionary[Engine, Resting] = WeakKeyDictionary()


@contextmanager
def connection(engine: Engine) -> Iterator[psycopg.Connection[Any]]:
    """A connection that commits every statement; kept for the next one unless it was left in the middle."""
    resting = _resting.get(engine)
    if resting is None:
        resting = _resting.setdefault(engine, deque())
    taken = _rested(resting) or _opened(engine)
    try:
        yield taken
    finally:
        if taken.info.transaction_status is TransactionStatus.IDLE:
            resting.append((monotonic(), taken))
        else:
            taken.close()


def believed(resting: psycopg.Connection[Any], since: float) -> bool:
    """Whether a connection that rests since a moment (`monotonic`) still has its server.

    One in constant use is not tried: asking before every request cost a fifth of the fastest pages.
    """
    if monotonic() - since < TRUSTED_SECONDS:
        return True
    try:
        resting.execute("")
        resting.rollback()
    except psycopg.Error:
        return False
    return True


def _rested(resting: Resting) -> psycopg.Connection[Any] | None:
    while resting:
        try:
            since, taken = resting.pop()
        except IndexError:  # another thread was faster
            return None
        if not taken.closed and believed(taken, since):
            return taken
        taken.close()
    return None


def _opened(engine: Engine) -> psycopg.Connection[Any]:
    """One made as the engine makes its own, and taken out of its pool."""
    pooled = engine.raw_connection()
    opened = pooled.driver_connection
    assert isinstance(opened, psycopg.Connection)
    pooled.detach()
    opened.autocommit = True
    return opened


@event.listens_for(Engine, "engine_disposed")
def _close_all(engine: Engine) -> None:
    for _since, kept in _resting.pop(engine, deque()):
        kept.close()

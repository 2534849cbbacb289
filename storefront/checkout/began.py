"""When this checkout was first opened, kept in the visitor's session."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import session

from foundation import clock

KEY = "checkout_began"
# A checkout opened longer ago than this is a new one: what happened in between counts again.
GOOD_FOR = timedelta(hours=1)


def at() -> datetime:
    """When this checkout was first opened: what is clicked after that changes no credit."""
    now = clock.now()
    kept = session.get(KEY)
    try:
        began = datetime.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        began = None
    if began is None or not timedelta() <= now - began <= GOOD_FOR:
        began = now
        session[KEY] = now.isoformat()
    return began


def over() -> None:
    """It became an order: the next checkout is a new one."""
    session.pop(KEY, None)

"""A visit: a random name for this browser session, in the signed session cookie and nowhere else."""

from __future__ import annotations

from flask import session

from foundation import ids

KEY = "visit"


def visit_id() -> str | None:
    """The running visit, or None when this browser has not put anything in a bag or used a link yet."""
    value = session.get(KEY)
    return value if isinstance(value, str) else None


def begin_visit() -> str:
    """The running visit, begun now if there is none."""
    current = visit_id()
    if current is None:
        current = str(ids.unique())
        session[KEY] = current
    return current

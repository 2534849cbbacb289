"""A visit: a random name for this browser session, in the signed session cookie and nowhere else."""

from __future__ import annotations

from flask import session

from foundation import ids

KEY = "visit"


def visit_id() -> str | None:
    """The running visit, or None when this browser has not put anything in a bag or used a link yet."""
    value = session.get(KEY)
    return value if isinstance(value, str) else None


def new_visit() -> str:
    """A name for a visit that begins now, kept by nobody yet."""
    return str(ids.unique())


def keep_visit(visit: str) -> None:
    """From now on this browser's visit is `visit`."""
    if session.get(KEY) != visit:
        session[KEY] = visit


def begin_visit() -> str:
    """The running visit, begun now if there is none."""
    current = visit_id()
    if current is None:
        current = new_visit()
        keep_visit(current)
    return current

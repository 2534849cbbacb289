"""How many pieces the head of every page says: kept in the signed session, so that no page asks for it.

It is put right whenever this browser looks at its bag or changes it.
"""

from __future__ import annotations

from flask import session

KEY = "bag"


def remember(count: int) -> None:
    """Keep the number of pieces for the head of the next pages."""
    if count:
        session[KEY] = count
    else:
        session.pop(KEY, None)


def bag_size() -> int:
    """What was remembered last; 0 for a browser that never had a bag."""
    value = session.get(KEY, 0)
    return value if isinstance(value, int) else 0

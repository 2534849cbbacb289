"""Small decisions about what lies somewhere, on values."""

from __future__ import annotations

# From this count on a variant is running low, unless staff marked another.
LOW = 2
# Nobody receives or counts more of one thing at once; it keeps every sum far from the column's end.
MOST_AT_ONCE = 100_000


def change_of(before: int, after: int, promised: int) -> bool | None:
    """Whether pieces can be bought again (True) or the last one left (False); None when neither began.

    `promised` pieces lie there and are somebody's: they cannot be bought, and have not left.
    """
    if after > before:
        return True if before - promised <= 0 < after - promised else None
    return False if before > 0 >= after else None

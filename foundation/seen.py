"""What somebody saw when they began to write, in short: a change made meanwhile is noticed by it.

A row says what it shows as `seen`, its form carries that, and the action compares under the lock of the row.
"""

from __future__ import annotations

from hashlib import sha256

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else kept their words first; whoever comes second is shown both and decides."""

    sentence = _l("This was changed meanwhile, on another page or by somebody else.")


def seen_as(*parts: object) -> str:
    """What a row shows, in 64 letters."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def refuse_changed(seen: str | None, now: str) -> None:
    """Raise `ChangedMeanwhile` unless a row still shows what was seen; None: nothing was looked at."""
    if seen is not None and seen != now:
        raise ChangedMeanwhile()

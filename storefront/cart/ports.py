"""Who wants to know at once that pieces went into a bag: packages above register themselves.

They are told in the same transaction, before the page is answered, so they say little and ask nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# The visit (None in the bag of an account alone) and the variants that went in.
Listener = Callable[[str | None, Sequence[int]], None]


class _Port:
    listener: Listener | None = None


def tell_of_additions(listener: Listener) -> None:
    """Register who is told."""
    _Port.listener = listener


def added(visit: str | None, variant_ids: Sequence[int]) -> None:
    """Pieces went into a bag."""
    if _Port.listener is not None:
        _Port.listener(visit, variant_ids)

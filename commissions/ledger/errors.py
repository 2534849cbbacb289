from __future__ import annotations

from foundation.errors import Problem


class UnbalancedEntry(Problem):
    """An entry's debits and credits differ, or it has no sum at all: a mistake in the caller."""

    status = 500


class AlreadyPosted(Problem):
    """An entry with this key is in the books: the change it tells of has been made before."""

    status = 409

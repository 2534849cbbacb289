"""Openings counted in memory, and written together a few seconds later.

A page of a look that is kept answers with one statement; a second one for every reader, to count them, would
cost as much as the page. So each process adds up what it saw and writes one statement for all of it. What a
process saw in its last seconds is lost with it when it is killed, and written when it ends by itself.
"""

from __future__ import annotations

import atexit
from collections import Counter
from collections.abc import Callable, Sequence
from threading import Lock, Timer

from commissions.clicks.seeing import Opening

Write = Callable[[Sequence[tuple[Opening, int]]], None]


class Tally:
    """`write` gets all that is counted in the `seconds` after the first opening; with 0 each one at once."""

    def __init__(self, write: Write, seconds: float) -> None:
        self._write = write
        self._seconds = seconds
        self._counts: Counter[Opening] = Counter()
        self._lock = Lock()
        if seconds:
            atexit.register(self.write_down)

    def add(self, opening: Opening) -> None:
        """Count one opening; the first of a batch sets the time at which all of it is written."""
        if not self._seconds:
            self._write([(opening, 1)])
            return
        with self._lock:
            first = not self._counts
            self._counts[opening] += 1
        if first:
            timer = Timer(self._seconds, self.write_down)
            timer.daemon = True
            timer.start()

    def write_down(self) -> None:
        """Write what is counted so far, if anything is."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if counts:
            self._write(list(counts.items()))

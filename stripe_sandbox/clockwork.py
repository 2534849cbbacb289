"""The clock the operator can move.

The truth is the stand-in's row. Every page asks for the time, so nobody reads that row each time: moving
the clock
also touches a file, the bell, and a process reads the row again only when the bell has rung since it last
looked.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from flask import current_app, has_app_context

from stripe_sandbox.store import opened

BELL = "sandbox-clock"
LOOK_EVERY = 0.2


class MovedClock:
    """How far time was moved, as this process knows it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what this process knows, as after the database was emptied."""
        self._offset = timedelta()
        self._rung_at = 0
        self._looked_at = float("-inf")
        self._looking = False

    def offset(self) -> timedelta:
        """Zero until somebody moved the clock; outside of the application what was known last."""
        if not has_app_context() or self._looking or time.monotonic() - self._looked_at < LOOK_EVERY:
            return self._offset
        self._looked_at = time.monotonic()
        rung_at = _rung_at()
        if rung_at != self._rung_at:
            # Reading the row asks for the time itself: answer that with what was known before.
            self._looking = True
            try:
                with opened() as store:
                    self._offset = timedelta(seconds=store.control().offset_seconds)
                self._rung_at = rung_at
            finally:
                self._looking = False
        return self._offset

    def move(self, by: timedelta) -> timedelta:
        """Let time jump forward for every process; returns how far it runs ahead now.

        Raises `ValueError` for a step back: Stripe's books never do that.
        """
        if by < timedelta():
            raise ValueError("Time only moves forward.")
        with opened() as store:
            control = store.control(lock=True)
            control.offset_seconds += int(by.total_seconds())
        bell = _bell()
        bell.parent.mkdir(parents=True, exist_ok=True)
        bell.touch()
        self._looked_at = float("-inf")
        return self.offset()


def _bell() -> Path:
    folder: Path = current_app.extensions["vetrina.settings"].data_dir
    return folder / BELL


def _rung_at() -> int:
    try:
        return os.stat(_bell()).st_mtime_ns
    except FileNotFoundError:
        return 0


moved_clock = MovedClock()

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class SomethingOpen(Conflict):
    """Something has to be settled before a person can be forgotten; `obstacles` are the sentences."""

    sentence = _l("Something is still open. Nothing was forgotten.")

    def __init__(self, obstacles: Sequence[str]) -> None:
        super().__init__()
        self.obstacles = tuple(obstacles)

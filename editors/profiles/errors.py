from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class HandleRests(Conflict):
    """A handle that changed not long ago; `until` is when it may change again."""

    sentence = _l("Your handle changed not long ago: the page says from when it can change again.")

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class SoldOut(Conflict):
    """Some pieces are not there (any more). `left` says how many of each of them could still be had."""

    sentence = _l("Somebody was faster: one of your pieces is sold out.")

    def __init__(self, left: Mapping[int, int], **extra: Any) -> None:
        super().__init__(**extra)
        self.left = dict(left)

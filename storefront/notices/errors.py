from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class NotSoldOut(Conflict):
    sentence = _l("Good news: this size can be had just now.")

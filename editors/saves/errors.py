from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class TooManySaved(Conflict):
    sentence = _l("You keep as many looks as there is room for. Let go of one first.")

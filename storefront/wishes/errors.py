from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class TooManyWishes(Conflict):
    sentence = _l("Your wish list is full. Let go of something first.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class AlreadyTheirs(Conflict):
    sentence = _l("The order is credited to this editor already.")

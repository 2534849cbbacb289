from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class NotBooked(Conflict):
    sentence = _l(
        "Only an event that takes place has a code for its guests. This one has no room or is over."
    )

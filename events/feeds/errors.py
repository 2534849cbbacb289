from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class NoSuchCalendar(NotFound):
    sentence = _l("There is no calendar under this address any more.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class NothingWritten(NotFound):
    sentence = _l("Nobody has written about this order yet.")

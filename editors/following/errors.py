from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class OwnWindow(Conflict):
    sentence = _l("This is your own window. What you put together is in your studio.")

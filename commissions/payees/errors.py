from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class NoPayee(NotFound):
    sentence = _l("There is no payment account yet. Set it up on the payments page of the studio.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Invalid, NotFound


class NoSuchImport(NotFound):
    sentence = _l("There is no such file of guests, or it was put away after thirty days.")


class NothingToRead(Invalid):
    sentence = _l("There is no guest in this file.")

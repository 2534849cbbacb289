from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NoSuchVersion(NotFound):
    sentence = _l("There is no such version of the agreement.")


class NewerVersion(Conflict):
    """Somebody accepts a text that is no longer the one that counts."""

    sentence = _l("There is a newer version of the agreement. Please read that one.")


class NothingToPublish(Conflict):
    sentence = _l("There is no draft to publish.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NoSuchLink(NotFound):
    sentence = _l("There is no such link in your studio.")


class NothingToShare(Conflict):
    """A link was asked for something the public cannot see."""

    sentence = _l("That is not on show just now, so a link would lead nowhere. Publish it first.")

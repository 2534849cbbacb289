from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import NotFound


class NoCard(NotFound):
    """A card was asked for of something the public cannot see any more."""

    sentence = _l("That is no longer on show, so there is no card of it. Your other links have theirs.")

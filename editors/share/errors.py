from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoCard(NotFound):
    """A card was asked for of something the public cannot see any more."""

    sentence = _l("That is no longer on show, so there is no card of it. Your other links have theirs.")


class NobodyToGive(Conflict):
    sentence = _l("Only an active editor has a code of their own, and only one that is there can end.")


class OnlyForGroups(Conflict):
    """Personal codes are a pilot, and this editor is in no group that has them."""

    sentence = _l("Only pilot groups have personal codes now, and this editor is in none that does.")


class CaptionUnfit(Invalid):
    """Words for captions that could not be filled in; the sentence says what is wrong with them."""

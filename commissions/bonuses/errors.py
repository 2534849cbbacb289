from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NoSuchBonus(NotFound):
    sentence = _l("There is no such bonus.")


class BonusOver(Conflict):
    """It is over before a notice of thirty days would be, or its end was brought forward already."""

    sentence = _l("It ends within thirty days, or was ended already: nothing changes.")

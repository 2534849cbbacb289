from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class AlreadyTheirs(Conflict):
    sentence = _l("The order is credited to this editor already.")


class BoughtIt(Conflict):
    """Whoever bought is never credited with it, by nobody's decision."""

    sentence = _l("This editor bought the order. What somebody buys earns them nothing.")


class NoLongerHere(Conflict):
    """Nobody who left or was removed is credited anew; what they earned before stays theirs."""

    sentence = _l("This editor has left the programme. An order cannot be credited to them any more.")


class OwnCredit(Conflict):
    """Nobody decides on what they earn, or would earn, themselves."""

    status = 403
    sentence = _l("You earn by this order yourself, or would. Somebody else has to decide.")

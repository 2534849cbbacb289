from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchHold(NotFound):
    sentence = _l("There is no such hold.")


class HeldAlready(Conflict):
    sentence = _l("This sale is held already.")


class NothingToHold(Conflict):
    """Nobody of that name earns on the order, or it was paid out or taken back."""

    sentence = _l("There is nothing to hold: it was paid out or taken back, or was never theirs.")


class ReleasedBefore(Conflict):
    sentence = _l("Somebody has released this meanwhile.")


class OwnSale(Conflict):
    """Nobody decides on what they would earn by."""

    status = 403
    sentence = _l("You earn by this sale yourself, so somebody else has to decide.")


class WordsForHold(Invalid):
    sentence = _l("Say why, in a few words.")

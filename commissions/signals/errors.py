from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchCase(NotFound):
    sentence = _l("There is nothing of that number to look at.")


class CaseDecided(Conflict):
    """Two people decided: who came second is told."""

    sentence = _l("A colleague has decided on this meanwhile. Their decision stands.")


class OwnCase(Conflict):
    """Nobody decides on what they would earn by."""

    status = 403
    sentence = _l("This is about what you earn yourself, so somebody else has to decide.")


class NothingWaits(Conflict):
    """All of it was paid out or taken back: there is nothing to hold."""

    sentence = _l("There is nothing left to hold: all of it was paid out or taken back.")


class WordsNeeded(Invalid):
    sentence = _l("Say in words what you decided, and why.")

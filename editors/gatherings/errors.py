from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchGathering(NotFound):
    sentence = _l("There is no such collection in this window.")


class TooManyGatherings(Conflict):
    sentence = _l("You have twenty-four collections. Put one away before you begin another.")


class GatheringFull(Conflict):
    sentence = _l("Sixty in one collection is plenty. Take something out first.")


class NothingGathered(Invalid):
    sentence = _l("Nothing is in it yet that people could see. Put in a look or a piece first.")


class NotToBePinned(Invalid):
    sentence = _l("Only looks of yours that are on show can hang at the front.")

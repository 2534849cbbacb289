from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NothingToReport(Conflict):
    """What the verdict on the number is now leaves nothing to be looked at."""

    sentence = _l("This order cannot be reported, or you have done so already.")


class NoSuchMissingSale(NotFound):
    sentence = _l("There is no such missing sale.")


class DecidedBefore(Conflict):
    sentence = _l("Somebody has answered this meanwhile. Their answer stands.")


class OwnReport(Conflict):
    """Nobody decides on what they would earn by."""

    status = 403
    sentence = _l("You reported this yourself, so somebody else has to answer it.")


class WordsMissing(Invalid):
    sentence = _l("Write what the editor reads, and why you decide so.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class NoSuchCohort(NotFound):
    sentence = _l("There is no such group.")


class CohortFull(Conflict):
    sentence = _l("Every place in this group is taken.")


class CohortOver(Conflict):
    sentence = _l("This group is over, or has not begun.")


class InACohort(Conflict):
    sentence = _l("Whoever is in one group leaves it before they join another.")


class TooFewPlaces(Conflict):
    sentence = _l("More people are in the group than that. Take some out first.")

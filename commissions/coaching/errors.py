from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchPlan(NotFound):
    sentence = _l("There is no such coaching plan.")


class PlanRuns(Conflict):
    sentence = _l("This coach has a plan in those days already. End it first; the next begins after it.")


class PlanOver(Conflict):
    """Its end is within a notice of thirty days, or was brought forward already."""

    sentence = _l("The plan ends within thirty days, or was ended already: nothing changes.")


class RateTooHigh(Invalid):
    sentence = _l("A coach earns up to a fifth of what their people sell.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchRule(NotFound):
    sentence = _l("There is no such rule for hosts.")


class NothingToGive(NotFound):
    sentence = _l("No event of this name is over, or no rule was promised for it.")


class RuleRuns(Conflict):
    sentence = _l("There is a rule for this in those days already. End it first; the next begins after it.")


class RuleOver(Conflict):
    sentence = _l("The rule ends within thirty days, or was ended already: nothing changes.")


class GivenAlready(Conflict):
    sentence = _l("It was decided already what this event gives.")


class ShareTooHigh(Invalid):
    sentence = _l("A host earns up to a fifth of what guests buy.")


class OneOfTwo(Invalid):
    sentence = _l("Say an amount for each guest, or a percentage of sales.")

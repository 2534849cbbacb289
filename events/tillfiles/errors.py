from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchTillFile(NotFound):
    sentence = _l("There is no such file of a till, or it was put away after thirty days.")


class NoSuchSlip(NotFound):
    sentence = _l("There is no such receipt in this file.")


class NoSlips(Invalid):
    sentence = _l("There is no receipt in this file.")


class NotThatEvening(Conflict):
    sentence = _l("No such evening was on in that store when it was sold.")


class NothingToSay(Conflict):
    sentence = _l("This receipt was taken in already, or it cannot be read.")


class ReasonMissing(Invalid):
    sentence = _l("Say in a few words how you know.")

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchWish(NotFound):
    sentence = _l("Nobody has asked for that.")


class AskedAlready(Conflict):
    sentence = _l("You have asked already. Finance answers as soon as it can.")


class TooLittle(Conflict):
    sentence = _l("What is payable now is below the least that is paid.")


class CannotReceive(Conflict):
    """The account at Stripe is not ready, or another bank account was seen there lately."""

    sentence = _l("Nothing can be sent to this account at Stripe at the moment.")


class AnsweredBefore(Conflict):
    sentence = _l("Somebody has answered this meanwhile.")


class OwnWish(Conflict):
    """Nobody decides on their own money."""

    status = 403
    sentence = _l("You asked for this yourself, so somebody else has to answer.")


class WordsForNo(Invalid):
    sentence = _l("Write why not, in a few words. The editor reads them.")

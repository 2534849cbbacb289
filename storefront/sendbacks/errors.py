from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class SendbackUnknown(NotFound):
    sentence = _l("We could not find that return.")


class NothingComesBack(Invalid):
    sentence = _l("Choose at least one piece to send back.")


class MoreThanLeft(Conflict):
    sentence = _l("That is more than you still have of a piece, or it is on its way back already.")


class TwoKindsOfOneLine(Invalid):
    sentence = _l(
        "Of these pieces one is as you bought it and one came by an exchange. Announce them as two returns."
    )


class TooLateToReturn(Conflict):
    sentence = _l("The days to send pieces back are over. Write to us: we look at it together.")


class NotWithYou(Conflict):
    sentence = _l("You can send a piece back once it is with you.")

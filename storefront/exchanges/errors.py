from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class ExchangeUnknown(NotFound):
    sentence = _l("We could not find that exchange.")


class NotAnotherOfIt(Invalid):
    sentence = _l("Choose another size or colour of the same piece.")


class JustGone(Conflict):
    sentence = _l(
        "That one is sold out by now. Choose another, send it back for your money, or leave your address on"
        " the page of the piece: we write to you when it is back."
    )


class ExchangedBefore(Conflict):
    sentence = _l("This piece came by an exchange. Send it back for your money, and order the one you want.")


class DifferenceNotPaid(Conflict):
    sentence = _l(
        "The shopper has not paid the difference yet. Wait for it, or call the exchange off: then the money"
        " for the piece goes back."
    )


class NothingToPay(Conflict):
    sentence = _l("There is nothing to pay for this exchange (any more).")


class AllOrNone(Invalid):
    sentence = _l("An exchange takes all of its pieces or none. Call it off to give money back for some.")

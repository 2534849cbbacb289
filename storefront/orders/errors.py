from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class OrderUnknown(NotFound):
    sentence = _l("We could not find that order.")


class NotPaidYet(Conflict):
    sentence = _l("This order has not been paid.")


class NowhereToBring(Invalid):
    sentence = _l("Write a name and an address, so that we know where to bring it. Nothing was ordered.")


class AlreadyHandedOver(Conflict):
    sentence = _l("This order was handed over before.")


class NothingChosen(Invalid):
    sentence = _l("Choose at least one piece to give back.")


class MoreThanPaid(Conflict):
    sentence = _l("That is more than can still be given back on this order. Nothing was changed.")


class BackByStripe(Conflict):
    sentence = _l("This refund goes back by Stripe, not over the counter.")


class OtherSumPaid(Conflict):
    sentence = _l("What was paid is not what the order came to, so it cannot count as paid. Give it back.")


class MoneyWentBack(Conflict):
    sentence = _l("Money of this order was given back, so it is no sale any more. Give back the rest, too.")


class NothingToHandOver(Conflict):
    sentence = _l("Everything of this order was given back: there is nothing to hand over.")


class CalledOff(Conflict):
    sentence = _l("This order is called off: its pieces stay, and what was paid goes back.")


class PiecesStay(Conflict):
    sentence = _l("The shopper’s bank disputes this payment, or took it back: the pieces stay in the store.")


class PaymentIsDisputed(Conflict):
    sentence = _l(
        "The shopper’s bank is disputing this payment: until it decides, no money can be given back."
    )
